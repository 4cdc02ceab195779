import { createLimiter, type Lane } from '../../../nodes/shared/http/limiter';

/** The only lane of a limiter. */
const oneLane = (most: number) => createLimiter(most).lane(most);

/** Jobs that run until they are told to end, and the order they were started in. */
function createJobs(lane: Lane) {
	const started: string[] = [];
	const ends = new Map<
		string,
		{ resolve: (value: string) => void; reject: (reason: Error) => void }
	>();
	const hand = (name: string) =>
		lane.run(async () => {
			started.push(name);
			return await new Promise<string>((resolve, reject) => ends.set(name, { resolve, reject }));
		});
	const end = async (name: string, error?: Error) => {
		if (error) ends.get(name)?.reject(error);
		else ends.get(name)?.resolve(`${name} done`);
		ends.delete(name);
		await settle();
	};
	return { started, hand, end, running: () => [...ends.keys()] };
}

/** Lets all that is due without time passing happen. */
async function settle(): Promise<void> {
	for (let turn = 0; turn < 20; turn++) await Promise.resolve();
}

describe.each([1, 3])('a limiter for %i at a time', (most) => {
	it('never runs more, and runs all of them in the order they came', async () => {
		const jobs = createJobs(oneLane(most));
		const names = Array.from({ length: 12 }, (_, index) => `job ${index}`);
		const results = names.map(jobs.hand);
		await settle();
		for (const [index, name] of names.entries()) {
			expect(jobs.running()).toEqual(names.slice(index, index + most));
			await jobs.end(name);
		}
		expect(jobs.started).toEqual(names);
		expect(await Promise.all(results)).toEqual(names.map((name) => `${name} done`));
	});
});

it('a place that becomes free goes to the one who has waited longest, not to a newcomer', async () => {
	const jobs = createJobs(oneLane(1));
	const first = jobs.hand('first');
	const second = jobs.hand('second');
	// Comes at the very moment at which the first is done and the second has not started yet.
	const newcomer = first.then(async () => await jobs.hand('newcomer'));
	await settle();
	await jobs.end('first');
	expect(jobs.running()).toEqual(['second']);
	await jobs.end('second');
	expect(jobs.running()).toEqual(['newcomer']);
	await jobs.end('newcomer');
	await Promise.all([first, second, newcomer]);
});

it('a job that ends out of turn frees its place', async () => {
	const jobs = createJobs(oneLane(2));
	const results = ['a', 'b', 'c', 'd'].map(jobs.hand);
	await settle();
	await jobs.end('b');
	expect(jobs.running()).toEqual(['a', 'c']);
	await jobs.end('c');
	expect(jobs.running()).toEqual(['a', 'd']);
	await jobs.end('a');
	await jobs.end('d');
	await Promise.all(results);
});

it('a job that fails frees its place, and its error reaches who handed it in', async () => {
	const jobs = createJobs(oneLane(1));
	const failing = jobs.hand('failing');
	const next = jobs.hand('next');
	await settle();
	const failure = expect(failing).rejects.toThrow('no');
	await jobs.end('failing', new Error('no'));
	await failure;
	expect(jobs.running()).toEqual(['next']);
	await jobs.end('next');
	await expect(next).resolves.toBe('next done');
});

it('a job that throws at once frees its place too', async () => {
	const lane = oneLane(1);
	const throwing = lane.run(() => {
		throw new Error('at once');
	});
	await expect(throwing).rejects.toThrow('at once');
	await expect(lane.run(async () => 'next')).resolves.toBe('next');
});

describe('a lane whose width changes', () => {
	it('starts more at once when it widens', async () => {
		const lane = createLimiter(3).lane(1);
		const jobs = createJobs(lane);
		for (const name of ['a', 'b', 'c', 'd']) void jobs.hand(name);
		await settle();
		lane.setMost(3);
		await settle();
		expect(jobs.running()).toEqual(['a', 'b', 'c']);
	});

	it('lets those that run go on when it narrows, and starts none until there is room', async () => {
		const lane = oneLane(3);
		const jobs = createJobs(lane);
		for (const name of ['a', 'b', 'c', 'd', 'e']) void jobs.hand(name);
		await settle();
		lane.setMost(1);
		await settle();
		expect(jobs.running()).toEqual(['a', 'b', 'c']);
		await jobs.end('a');
		await jobs.end('b');
		expect(jobs.running()).toEqual(['c']);
		await jobs.end('c');
		expect(jobs.running()).toEqual(['d']);
	});
});

describe('lanes of one limiter', () => {
	it('share its places, in the order the jobs came', async () => {
		const limiter = createLimiter(2);
		const [polls, downloads] = [createJobs(limiter.lane(2)), createJobs(limiter.lane(2))];
		void polls.hand('poll 1');
		void downloads.hand('download 1');
		void downloads.hand('download 2');
		void polls.hand('poll 2');
		await settle();
		expect([polls.running(), downloads.running()]).toEqual([['poll 1'], ['download 1']]);
		await polls.end('poll 1');
		expect([polls.running(), downloads.running()]).toEqual([[], ['download 1', 'download 2']]);
	});

	it('keep to a cap of their own, and let others pass meanwhile', async () => {
		const limiter = createLimiter(5);
		const [polls, downloads] = [createJobs(limiter.lane(5)), createJobs(limiter.lane(3))];
		for (let each = 1; each <= 6; each++) void downloads.hand(`download ${each}`);
		for (let each = 1; each <= 6; each++) void polls.hand(`poll ${each}`);
		await settle();
		expect(downloads.running()).toHaveLength(3);
		expect(polls.running()).toEqual(['poll 1', 'poll 2']);
	});

	it('narrow and widen by themselves', async () => {
		const limiter = createLimiter(5);
		const [narrow, wide] = [limiter.lane(4), limiter.lane(5)];
		const [one, other] = [createJobs(narrow), createJobs(wide)];
		narrow.setMost(1);
		for (const name of ['a', 'b', 'c']) void one.hand(name);
		for (const name of ['d', 'e']) void other.hand(name);
		await settle();
		expect([one.running(), other.running()]).toEqual([['a'], ['d', 'e']]);
	});
});
