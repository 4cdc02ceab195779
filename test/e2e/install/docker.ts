import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { parse } from 'yaml';
import { z } from 'zod';
import { temporaryFolder } from '../../../tools/n8n';
import { pathWithThisNode } from '../../../tools/n8n/paths';

const composeFile = z.object({
	services: z.record(z.object({ profiles: z.array(z.string()), build: z.string().optional() })),
});

/** A `docker` that does nothing but keep what it was asked for. */
export class StandInForDocker {
	private readonly folder = temporaryFolder('docker');
	private readonly log = join(this.folder, 'called');

	constructor() {
		const script = `#!/bin/sh\nprintf '%s\\n' "$@" > '${this.log}'\n`;
		writeFileSync(join(this.folder, 'docker'), script, { mode: 0o755 });
	}

	/** The environment in which it is found. */
	get env(): Record<string, string> {
		return { PATH: `${this.folder}:${pathWithThisNode}` };
	}

	/** The folder that `docker compose … up --build`, called last, builds the image from, and the services it starts. */
	composed(cwd: string): { context: string; services: string[] } {
		const [compose, ...args] = readFileSync(this.log, 'utf8').trimEnd().split('\n');
		assert.equal(compose, 'compose');
		const { values, positionals } = parseArgs({
			args,
			allowPositionals: true,
			options: {
				file: { type: 'string', short: 'f', default: '' },
				profile: { type: 'string', default: '' },
				build: { type: 'boolean' },
				detach: { type: 'boolean' },
			},
		});
		assert.deepEqual([positionals, values.build], [['up'], true]);
		const file = resolve(cwd, values.file);
		const { services } = composeFile.parse(parse(readFileSync(file, 'utf8'), { merge: true }));
		const started = Object.entries(services).filter(([, { profiles }]) =>
			profiles.includes(values.profile),
		);
		const [context] = started.flatMap(([, { build }]) => build ?? []);
		return { context: join(dirname(file), context), services: started.map(([name]) => name) };
	}
}
