import { simulatorForTests } from '../support/simulatorForTests';
import { admin, create, createTask, get } from './client';

const simulator = simulatorForTests();

/** The statuses of creates that are sent one after the other. */
async function createStatuses(...prompts: string[]): Promise<number[]> {
	const statuses: number[] = [];
	for (const promptText of prompts) statuses.push((await create(simulator, { promptText })).status);
	return statuses;
}

describe('faults', () => {
	it('hit as many requests as times says, after letting pass as many as skip says', async () => {
		simulator.addFault({ on: 'create', kind: 'status', status: 503, skip: 1, times: 2 });
		expect(await createStatuses('1', '2', '3', '4', '5')).toEqual([200, 503, 503, 200, 200]);
	});

	it('hit one after the other in the order they were added', async () => {
		simulator.addFault({ on: 'create', kind: 'status', status: 429 });
		simulator.addFault({ on: 'create', kind: 'status', status: 503 });
		expect(await createStatuses('1', '2', '3')).toEqual([429, 503, 200]);
	});

	it('hit the prompts they name, whatever comes first', async () => {
		simulator.addFault({ on: 'create', kind: 'status', promptIncludes: 'second' });
		expect(await createStatuses('first', 'second', 'second')).toEqual([200, 500, 200]);
	});

	it('hit the reads of the task they name', async () => {
		const [one, other] = [await createTask(simulator), await createTask(simulator)];
		simulator.addFault({ on: 'read', kind: 'status', status: 520, taskId: other });
		expect((await get(simulator, `/runwayml/v1/tasks/${one}`)).status).toBe(200);
		expect((await get(simulator, `/runwayml/v1/tasks/${other}`)).status).toBe(520);
	});

	it('spare requests that are wrong anyway', async () => {
		simulator.addFault({ on: 'create', kind: 'status', status: 503 });
		expect((await create(simulator, { seed: -1 })).status).toBe(400);
		expect((await create(simulator)).status).toBe(503);
	});
});

describe('a fault that could never do what it says', () => {
	it.each<[field: string, fault: object]>([
		['kind', { on: 'create' }],
		['kind', { on: 'create', kind: 'earthquake' }],
		['on', { on: 'lunch', kind: 'reset' }],
		['on', { on: 'create', kind: 'truncatedDownload' }],
		['on', { on: 'download', kind: 'truncatedJson' }],
		['on', { on: 'download', kind: 'brokenJson' }],
		['on', { on: 'download', kind: 'otherJson', json: {} }],
		['when', { on: 'create', kind: 'reset', when: 'now' }],
		['times', { on: 'create', kind: 'reset', times: 0 }],
		['skip', { on: 'create', kind: 'reset', skip: -1 }],
		['accepted', { on: 'read', kind: 'reset', accepted: true }],
		['accepted', { on: 'create', kind: 'slowBody', accepted: false }],
		['accepted', { on: 'create', kind: 'resetBeforeRead', accepted: true }],
		['taskId', { on: 'create', kind: 'reset', taskId: 'a' }],
		['promptIncludes', { on: 'models', kind: 'reset', promptIncludes: 'a' }],
		['promptIncludes', { on: 'create', kind: 'resetBeforeRead', promptIncludes: 'a' }],
		['retryAfter', { on: 'create', kind: 'reset', retryAfter: 1 }],
		['retryAfter', { on: 'create', kind: 'redirect', retryAfter: 1 }],
		['status', { on: 'create', kind: 'redirect', status: 200 }],
		['status', { on: 'create', kind: 'reset', status: 500 }],
		['message', { on: 'create', kind: 'html', message: 'a' }],
		['json', { on: 'create', kind: 'status', json: {} }],
		['json', { on: 'create', kind: 'otherJson' }],
	])('is refused with the name of the field: %s of %j', async (field, fault) => {
		const { status, body } = await admin(simulator, 'POST', '/faults', fault);
		expect(status).toBe(400);
		// Either the path in front, or the quoted name of a field that does not belong there.
		expect(body).toEqual({ error: expect.stringMatching(new RegExp(`^${field}: |'${field}'$`)) });
	});

	it('is refused by addFault, too', () => {
		const misfit = { on: 'read', kind: 'reset', accepted: true } as const;
		expect(() => simulator.addFault(misfit)).toThrow(/^accepted: has no meaning on read$/);
	});
});
