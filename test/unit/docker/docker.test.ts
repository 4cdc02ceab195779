import { validate } from 'dockerfile-utils';
import { execFileSync, spawnSync } from 'node:child_process';
import {
	existsSync,
	lstatSync,
	mkdirSync,
	mkdtempSync,
	readFileSync,
	readlinkSync,
	realpathSync,
	rmSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import n8nFolder from '../../e2e/n8n/package.json';
import { queueEnvironment } from '../../e2e/queue/environment';

const DOCKER = join(__dirname, '../../../docker');
const read = (name: string) => readFileSync(join(DOCKER, name), 'utf8');

describe('the Dockerfile', () => {
	it('passes the linter', () => {
		expect(validate(read('Dockerfile'))).toEqual([]);
	});

	it('takes the n8n that the package is tested on', () => {
		expect(read('Dockerfile')).toContain(`ARG N8N_VERSION=${n8nFolder.dependencies.n8n}\n`);
	});

	it('adds files that are there', () => {
		const [, file] = /^COPY (\S+) /m.exec(read('Dockerfile'))!;
		expect(existsSync(join(DOCKER, file))).toBe(true);
	});
});

describe('compose.yaml', () => {
	const compose: unknown = parse(read('compose.yaml'), { merge: true });
	const services = z
		.object({
			services: z.record(
				z
					.object({
						profiles: z.array(z.string()),
						build: z.string().optional(),
						volumes: z.array(z.string()),
						environment: z.record(z.coerce.string()).default({}),
					})
					.passthrough(),
			),
		})
		.parse(compose).services;

	it('passes the linter, with the schema of the Compose Specification', () => {
		const linter = join(DOCKER, '../node_modules/dclint/bin/dclint.cjs');
		const args = [linter, '--quiet', '--formatter', 'json', 'compose.yaml'];
		const { status, stdout } = spawnSync(process.execPath, args, { cwd: DOCKER, encoding: 'utf8' });
		expect(JSON.parse(stdout)).toEqual([]);
		expect(status).toBe(0);
	});

	it('has n8n alone, and in queue mode', () => {
		const inProfile = (name: string) =>
			Object.keys(services).filter((service) => services[service].profiles.includes(name));
		expect(inProfile('single')).toEqual(['n8n']);
		expect(inProfile('queue')).toEqual(['main', 'worker', 'postgres', 'redis']);
		expect(services.worker.deploy).toEqual({ replicas: 2 });
	});

	it('gives each n8n the image with the package, workers included, and the folder with the key', () => {
		for (const name of ['n8n', 'main', 'worker'])
			expect([name, services[name].build, services[name].volumes]).toEqual([
				name,
				'.',
				['n8n:/home/node/.n8n'],
			]);
	});

	it('configures the queue mode that the end-to-end suite runs', () => {
		const { main, worker, postgres } = services;
		expect(worker.environment).toEqual(main.environment);
		const tested = queueEnvironment(
			{
				port: 5432,
				database: postgres.environment.POSTGRES_DB,
				user: postgres.environment.POSTGRES_USER,
			},
			{ port: 6379 },
		);
		expect(main.environment).toEqual({
			...tested,
			DB_POSTGRESDB_HOST: 'postgres',
			DB_POSTGRESDB_PASSWORD: postgres.environment.POSTGRES_PASSWORD,
			QUEUE_BULL_REDIS_HOST: 'redis',
		});
	});
});

describe('start.sh', () => {
	let folder: string;
	let link: string;
	beforeEach(() => {
		folder = realpathSync(mkdtempSync(join(tmpdir(), 'start-')));
		link = join(folder, 'home/.n8n/nodes/node_modules/n8n-nodes-cometapi-runway');
		mkdirSync(join(folder, 'image/package'), { recursive: true });
		writeFileSync(join(folder, 'image/start.sh'), read('start.sh'));
	});
	afterEach(() => rmSync(folder, { recursive: true, force: true }));

	const start = (env: Record<string, string>, ...command: string[]) =>
		execFileSync('sh', [join(folder, 'image/start.sh'), ...command], {
			encoding: 'utf8',
			env: { PATH: process.env.PATH, ...env },
		});

	it.each([
		['HOME', 'HOME'],
		['N8N_USER_FOLDER', 'N8N_USER_FOLDER'],
	])('lays the link below %s, and runs the command given with its arguments', (_name, variable) => {
		const env = { HOME: '/nowhere', [variable]: join(folder, 'home') };
		expect(start(env, 'printf', '[%s]', 'worker', 'a b')).toBe('[worker][a b]');
		expect(readlinkSync(link)).toBe(join(folder, 'image/package'));
	});

	it.each([
		['an older link', () => start({ HOME: join(folder, 'home') }, 'true')],
		[
			'what n8n has installed by name',
			() => {
				mkdirSync(join(link, 'dist'), { recursive: true });
				writeFileSync(join(link, 'package.json'), '{}');
			},
		],
	])('takes the place of %s, and of nothing else', (_what, prepare) => {
		prepare();
		const other = join(link, '..', 'n8n-nodes-other');
		mkdirSync(other, { recursive: true });
		start({ HOME: join(folder, 'home') }, 'true');
		expect(lstatSync(link).isSymbolicLink()).toBe(true);
		expect(existsSync(other)).toBe(true);
	});

	it('does not start n8n without the package', () => {
		writeFileSync(join(folder, 'home'), 'no folder');
		expect(() => start({ HOME: join(folder, 'home') }, 'echo', 'started')).toThrow(
			'Command failed',
		);
	});
});
