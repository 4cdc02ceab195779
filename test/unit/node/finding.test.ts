import { NodeOperationError } from 'n8n-workflow';
import { findingOf } from '../../../nodes/CometApiRunwayTrigger/finding';
import type { Found } from '../../../nodes/CometApiRunwayTrigger/findTask';

const NOW = Date.UTC(2026, 2, 13);
const MINUTE = 60_000;
const taskId = 'one-1';

const node = {
	id: 'node-1',
	name: 'Trigger',
	type: 'trigger',
	typeVersion: 1,
	position: [0, 0] as [number, number],
	parameters: {},
};
const asked = {
	ids: [taskId],
	wrongWords: [],
	events: ['succeeded' as const, 'failed' as const],
	options: { runwayVersion: '2024-11-06', maxBytes: 1 },
};
const item = { json: { taskId } };
const error = new NodeOperationError(node, 'Task one-1 does not exist');

type News = Exclude<Found, { kind: 'refused' | 'skipped' }>;
const notFound: News = { kind: 'notFound', taskId, error, item };
const withoutUrl: News = { kind: 'withoutUrl', taskId, item };
const pending: News = { kind: 'pending', taskId, item };

/** What polls a minute apart make of a task: whether something has come of it, minute by minute. */
function pollEachMinute(...finds: News[]): boolean[] {
	let entry: Parameters<typeof findingOf>[1] = { taskId, lastLookAt: 0 };
	return finds.map((found, minute) => {
		entry = findingOf(found, entry, asked, NOW + minute * MINUTE).noted;
		return entry.done === true;
	});
}

const times = (count: number, found: News): News[] => Array<News>(count).fill(found);

test.each<[string, News[], number | undefined]>([
	['a task that nobody knows is believed missing after ten minutes', times(12, notFound), 10],
	[
		'one that has been seen meanwhile begins anew',
		[...times(9, notFound), pending, ...times(9, notFound)],
		undefined,
	],
	[
		'one that was seen for long is not missing at once',
		[...times(30, pending), notFound],
		undefined,
	],
	['a success without a URL is believed after a minute', times(3, withoutUrl), 1],
	['one whose URL came into question once is not', [withoutUrl, pending, withoutUrl], undefined],
])('%s', (_what, finds, doneAt) => {
	const ends = pollEachMinute(...finds);
	expect(ends.indexOf(true)).toBe(doneAt ?? -1);
});
