import { openLedger } from '../../../nodes/CometApiRunway/methods/ledger';

const SLICE = 1024 * 1024;
const video = (length: number, last = '') => ({ videoUri: `data:video/mp4;base64,${'A'.repeat(length)}${last}`, promptText: 'snow' });

describe('a body is known again', () => {
	it.each<[string, object, object, boolean]>([
		['when it is the same', { promptText: 'snow' }, { promptText: 'snow' }, true],
		['not with another prompt', { promptText: 'snow' }, { promptText: 'rain' }, false],
		['with a video of several slices', video(2.5 * SLICE), video(2.5 * SLICE), true],
		['not when the last character of the video differs', video(2.5 * SLICE, 'A'), video(2.5 * SLICE, 'B'), false],
		['not when the first slice differs', { videoUri: `A${'C'.repeat(SLICE)}` }, { videoUri: `B${'C'.repeat(SLICE)}` }, false],
		['not when the video is in another field', { videoUri: 'A'.repeat(2 * SLICE) }, { other: 'A'.repeat(2 * SLICE) }, false],
	])('%s', (_when, written, found, known) => {
		const ledger = openLedger({}, 0);
		ledger.write(3, written, { taskId: 'task-1' });
		expect(ledger.find(3, found)).toEqual(known ? { taskId: 'task-1' } : undefined);
		expect(ledger.find(4, written)).toBeUndefined();
	});
});

it('keeps nothing of the body', () => {
	const storage = {};
	openLedger(storage, 0).write(0, { promptText: 'a secret prompt' }, { taskId: 'task-1' });
	expect(JSON.stringify(storage)).not.toContain('secret');
});

it('starts a new page with the next run, and keeps it for the tries of one run', () => {
	const storage = {};
	openLedger(storage, 0).write(0, {}, { taskId: 'task-1' });
	expect(openLedger(storage, 0).find(0, {})).toEqual({ taskId: 'task-1' });
	expect(openLedger(storage, 1).find(0, {})).toBeUndefined();
	expect(openLedger(storage, 0).find(0, {})).toBeUndefined();
});
