import type { Expectation } from '../../nodes/shared/task/expectation';
import { expectationOf, type History, type Life } from '../../nodes/shared/task/history';
import type { VirtualTask } from './tasks';

/** What the Wait node remembers of earlier tasks when it begins to wait for one of a family. */
export type Remembered = 'nothing' | '± 15 %' | 'half' | 'twice' | 'of two kinds';

const LIVES = 12;
/** How far apart the two looks were between which an earlier task ended. */
const LOOKS_APART_SECONDS = 5;

const between = (random: () => number, least: number, most: number): number =>
	least + (most - least) * random();

/** How long an earlier task lived, against the one that is waited for. */
const PARTS: Record<Exclude<Remembered, 'nothing'>, (random: () => number) => number> = {
	'± 15 %': (random) => between(random, 0.85, 1.15),
	half: (random) => between(random, 0.425, 0.575),
	twice: (random) => between(random, 1.7, 2.3),
	'of two kinds': (random) =>
		random() < 0.5 ? between(random, 0.85, 1.15) : between(random, 2.5, 3.5),
};

/** What twelve earlier tasks lead one to expect of a task. */
export function remember(
	remembered: Remembered,
	{ finishedAt }: VirtualTask,
	random: () => number,
): Expectation | undefined {
	if (remembered === 'nothing') return undefined;
	const lives = Array.from({ length: LIVES }, (): Life => {
		const seconds = (finishedAt * PARTS[remembered](random)) / 1_000;
		const before = Math.floor(seconds - random() * LOOKS_APART_SECONDS);
		return [Math.max(0, before), Math.max(0, before) + LOOKS_APART_SECONDS];
	});
	const history: History = [{ model: 'gen4_aleph', lives }];
	return expectationOf(history, 'gen4_aleph');
}
