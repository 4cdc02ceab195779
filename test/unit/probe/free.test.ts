import Fastify, { type FastifyInstance } from 'fastify';
import { DEFAULT_API_KEY, type FaultInput, type PartialScenario } from '../../../tools/simulator';
import { simulatorForTests } from '../support/simulatorForTests';
import { CREATE_ROUTES } from '../../../tools/simulator/create/routes';
import { FREE_ROWS } from '../../../tools/probe/freeRows';
import { askForFree } from '../../../tools/probe/questions';
import { findingsOf, type Verdict } from '../../../tools/probe/verdict';

const HOLDING = { unknownModels: 'refused' } as const;

const simulator = simulatorForTests({ scenario: HOLDING });

async function findingsAt(baseUrl: string, apiKey = DEFAULT_API_KEY) {
	return findingsOf(FREE_ROWS, await askForFree({ baseUrl, apiKey }, () => {}));
}

/** The ids of the assumptions with that verdict. */
async function idsAt(baseUrl: string, verdict: Verdict, apiKey?: string): Promise<string[]> {
	const findings = await findingsAt(baseUrl, apiKey);
	return findings.filter((finding) => finding.verdict === verdict).map(({ id }) => id);
}

const catalogueOf = (...data: object[]): FaultInput => ({
	on: 'catalogue',
	kind: 'otherJson',
	json: { success: true, data },
});
const runwayModel = { id: 'gen4_aleph', provider: 'Runway', features: ['video-to-video'] };
const unpriced = { id: 'runwayml_video_to_video', features: [], pricing: { per_second: 1 } };

type Breach = [
	what: string,
	scenario: PartialScenario,
	fault: FaultInput | undefined,
	ids: string[],
];

/** What breaks which assumptions, and no others. */
const BREACHES: Breach[] = [
	['a refused key', {}, { on: 'models', kind: 'status', status: 403 }, ['key-accepted']],
	['no catalogue', {}, { on: 'catalogue', kind: 'status', status: 404 }, ['catalogue-open']],
	['a catalogue without Runway', {}, catalogueOf({ id: 'gpt' }), ['catalogue-runway']],
	[
		'models without features',
		{},
		catalogueOf({ ...unpriced, pricing: { per_request: 1 } }),
		['catalogue-features'],
	],
	['billing ids without a price', {}, catalogueOf(runwayModel, unpriced), ['catalogue-billing']],
	['no billing ids', {}, catalogueOf(runwayModel), ['catalogue-billing']],
	[
		'another code for unknown tasks',
		{},
		{ on: 'read', kind: 'status', status: 400, code: 'not_found', times: 2 },
		['unknown-task-code'],
	],
	['another status for them', { notExistStatus: 404 }, undefined, ['unknown-task-status']],
	...CREATE_ROUTES.slice(1).map(
		(route): Breach => [
			`no ${route}`,
			{ missing: [route] },
			undefined,
			[`route-${route}`, 'create-head', 'create-options'],
		],
	),
	['no HEAD', { missing: ['head'] }, undefined, ['create-head']],
	['no OPTIONS', { missing: ['options'] }, undefined, ['create-options']],
	['disguised refusals', { refusals: 'disguised' }, undefined, ['refusal-status']],
	['flat refusals', { refusals: 'flat' }, undefined, ['refusal-envelope', 'refusal-request-id']],
	['any model', { unknownModels: 'taken' }, undefined, ['unknown-model']],
	['no need of a version', { versionHeader: 'optional' }, undefined, ['version-header']],
	['no usage', { missing: ['usage'] }, undefined, ['usage']],
	['no log', { missing: ['log'] }, undefined, ['log']],
	['no billing', { missing: ['billing'] }, undefined, ['billing-subscription', 'billing-usage']],
	[
		'a log that says no with 200',
		{},
		{ on: 'account', kind: 'otherJson', json: { success: false }, skip: 1 },
		['log'],
	],
	['a redirect', {}, { on: 'models', kind: 'redirect' }, ['key-accepted', 'no-redirects']],
];

it('finds that everything holds at the simulator, and buys nothing', async () => {
	const findings = await findingsAt(simulator.baseUrl);
	expect(findings.filter(({ verdict }) => verdict !== 'holds')).toEqual([]);
	expect(findings.map(({ id }) => id)).toEqual(FREE_ROWS.map(({ id }) => id));
	expect(simulator.stats().tasksAccepted).toBe(0);
});

it.each(BREACHES)('finds %s', async (_what, scenario, fault, ids) => {
	simulator.useScenario({ ...HOLDING, ...scenario });
	if (fault) simulator.addFault(fault);
	expect(await idsAt(simulator.baseUrl, 'does not hold')).toEqual(ids);
});

it('takes no redirect anywhere', async () => {
	simulator.addFault({ on: 'models', kind: 'redirect' });
	await findingsAt(simulator.baseUrl);
	expect(simulator.requests().filter(({ server }) => server === 'output')).toEqual([]);
});

describe('a gateway that takes everything that has a version', () => {
	const IDS = ['key-checked', 'key-envelope', 'read-without-version', 'nothing-bought'];
	let gateway: FastifyInstance;
	let baseUrl: string;
	beforeAll(async () => {
		gateway = Fastify({ exposeHeadRoutes: false });
		gateway.all('*', (request, reply) =>
			request.headers['x-runway-version']
				? reply.send({ id: 'bought' })
				: reply.code(400).send({ error: { code: '', message: 'Which version?' } }),
		);
		baseUrl = await gateway.listen({ host: '127.0.0.1', port: 0 });
	});
	afterAll(async () => await gateway.close());

	it('is found to be one', async () => {
		expect(await idsAt(baseUrl, 'does not hold')).toEqual(expect.arrayContaining(IDS));
	});

	it('has what no breach above shows: together they show every assumption', () => {
		const shown = [...BREACHES.flatMap(([, , , ids]) => ids), ...IDS, 'route-video_to_video'];
		expect([...new Set(shown)].sort()).toEqual(FREE_ROWS.map(({ id }) => id).sort());
	});
});

it('finds a missing route for the transformation', async () => {
	simulator.useScenario({ ...HOLDING, missing: ['video_to_video'] });
	expect(await idsAt(simulator.baseUrl, 'does not hold')).toContain('route-video_to_video');
});

describe('what could not be told', () => {
	it.each<[string, FaultInput]>([
		['a gateway in trouble', { on: 'models', kind: 'status', status: 502 }],
		['a rate limit', { on: 'models', kind: 'status', status: 429 }],
		['a broken connection', { on: 'models', kind: 'reset' }],
	])('is said to be so: %s', async (_what, fault) => {
		simulator.addFault(fault);
		expect(await idsAt(simulator.baseUrl, 'could not be told')).toEqual(['key-accepted']);
	});

	it('is what a wrong key hides', async () => {
		const untold = await idsAt(simulator.baseUrl, 'could not be told', 'sk-wrong');
		expect(untold).toEqual(expect.arrayContaining(['unknown-task-code', 'unknown-model']));
		expect(await idsAt(simulator.baseUrl, 'does not hold', 'sk-wrong')).toContain('key-accepted');
	});
});
