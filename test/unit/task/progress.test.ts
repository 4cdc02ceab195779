import { parseProgress } from '../../../nodes/shared/task/progress';

describe('progress is a fraction', () => {
	it.each<[string, unknown, number]>([
		["Runway's zero", 0, 0],
		["Runway's fraction", 0.4, 0.4],
		["Runway's end", 1, 1],
		["the gateway's percent text", '40%', 0.4],
		['a percent text below one percent', '0.5%', 0.005],
		['one percent, which is not the end', '1%', 0.01],
		['a percent text with blanks', ' 40 % ', 0.4],
		['a fraction as text', '0.4', 0.4],
		['a percentage as number', 40, 0.4],
		['a percentage as text without its sign', '40', 0.4],
		['a hundred as number', 100, 1],
	])('from %s: %p', (_what, value, expected) => {
		expect(parseProgress(value)).toBe(expected);
	});
});

describe('absurd progress is no progress', () => {
	it.each<[string, unknown]>([
		['negative', -0.1],
		['negative as text', '-5%'],
		['above a hundred', 101],
		['above a hundred percent', '101%'],
		['not a number', Number.NaN],
		['a number among words', 'about 40%'],
		['a decimal comma', '12,5%'],
		['an empty text', ''],
		['a percent sign alone', '%'],
		['null', null],
		['a list', [0.4]],
	])('when it is %s: %p', (_what, value) => {
		expect(parseProgress(value)).toBeUndefined();
	});
});
