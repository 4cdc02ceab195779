import { noteSleep, scanAfter, type ScanRhythm, type Sleep } from '../../../nodes/shared/task/scan';

const NOW = 1_000_000_000;
const S = 1_000;

/** A suspension, in seconds after NOW: from, until, woken at. */
const sleep = ([from, until, wokenAt]: [number, number, number]): Sleep => ({
	from: NOW + from * S,
	until: NOW + until * S,
	wokenAt: NOW + wokenAt * S,
});
const seen = (at: number): ScanRhythm => ({ seenAt: NOW + at * S });
const suspected = (at: number): ScanRhythm => ({ suspectedAt: NOW + at * S });

describe('a suspension', () => {
	it.each<[string, ScanRhythm, [number, number, number], ScanRhythm]>([
		['that ends late tells when n8n scans', {}, [0, 10, 47], seen(47)],
		['that ends when it is due tells nothing', {}, [0, 59, 59.4], {}],
		['that ends late again tells it anew', seen(47), [60, 70, 107.5], seen(107.5)],
		[
			'without a scan in it means that they come at other times',
			seen(0),
			[5, 40, 40.2],
			suspected(0),
		],
		['with the scan in it contradicts nothing', seen(30), [5, 40, 40.2], seen(30)],
		['with the scan near its edge contradicts nothing', seen(41), [5, 40, 40.2], seen(41)],
		[
			'that ends late at another time makes the rhythm doubtful',
			seen(0),
			[5, 20, 47],
			suspected(47),
		],
		[
			'that ends late as a suspected one did makes that the rhythm',
			suspected(47),
			[60, 70, 106],
			seen(106),
		],
		[
			'that ends late at yet another time is suspected instead',
			suspected(47),
			[60, 70, 90],
			suspected(90),
		],
		['that ends later than any scan tells nothing', {}, [0, 10, 300], {}],
		['… nor does it contradict', seen(47), [0, 10, 300], seen(47)],
	])('%s', (_what, known, slept, expected) => {
		expect(noteSleep(known, sleep(slept))).toEqual(expected);
	});
});

describe('the next scan', () => {
	it.each<[string, ScanRhythm, number, number | undefined]>([
		['is whole minutes after one that was seen', seen(0), 130, 180],
		['is not the one that woke us', seen(0), 0.3, 60],
		['is none that comes before the suspension is stored', seen(0), 59, 120],
		['is unknown where none was seen', {}, 0, undefined],
		['is unknown where one is only suspected', suspected(0), 0, undefined],
	])('%s', (_what, known, at, expected) => {
		const scan = scanAfter(known, NOW + at * S);
		expect(scan).toBe(expected === undefined ? undefined : NOW + expected * S);
	});
});
