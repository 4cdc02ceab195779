import { z } from 'zod';
import { creationOf, type Expectation } from './expectation';
import type { Waited } from './watch';

/**
 * How long a task lived: the seconds from its creation to the last look that saw it unfinished, and to the look that
 * saw its end. The end lies between the two.
 */
export type Life = [least: number, most: number];

/** The latest lives of each model, the models that were seen last at the end. Plain JSON, a handful of numbers. */
export type History = Array<{ model: string; lives: Life[] }>;

const MOST_LIVES = 12;
const MOST_MODELS = 6;
const LONGEST_NAME = 100;
const LONGEST_LIFE = 24 * 3_600;
/** Fewer lives are an anecdote. */
const ENOUGH_LIVES = 3;

const lifeSchema = z
	.tuple([z.number().min(0), z.number().max(LONGEST_LIFE)])
	.refine(([least, most]) => least <= most);

const historySchema = z.array(
	z.object({
		model: z.string().max(LONGEST_NAME),
		lives: z.array(lifeSchema).max(MOST_LIVES),
	}),
);

/**
 * Reads a stored history. The store is the workflow's static data, which anybody may have written: what is not as
 * `noteLife` leaves it counts as no history. That costs nothing but later looks. Never throws.
 */
export function parseHistory(stored: unknown): History {
	const parsed = historySchema.max(MOST_MODELS).safeParse(stored);
	return parsed.success ? parsed.data : [];
}

/**
 * The history with the life of one more task; the same one where nothing is to be learned: the task has not
 * succeeded (a refusal comes early), its creation or its end was not seen. Pure.
 */
export function noteLife(history: History, model: string, waited: Waited): History {
	const life = lifeOf(waited);
	if (!life || model.length > LONGEST_NAME) return history;
	const others = history.filter((known) => known.model !== model);
	const lives = history.find((known) => known.model === model)?.lives ?? [];
	return [...others, { model, lives: [...lives, life].slice(-MOST_LIVES) }].slice(-MOST_MODELS);
}

function lifeOf({ watch, ending }: Waited): Life | undefined {
	if (ending?.kind !== 'finished' || ending.task.status !== 'SUCCEEDED') return undefined;
	const createdAt = creationOf(watch.answered, ending.task.createdAt);
	const [unfinished, finished] = watch.answered.slice(-2);
	if (createdAt === undefined || finished === undefined) return undefined;
	const [least, most] = [unfinished, finished].map(({ at }) =>
		Math.round((at - createdAt) / 1_000),
	);
	return lifeSchema.safeParse([least, most]).success ? [least, most] : undefined;
}

/**
 * What a model's next task may take, as nine equally likely lives; `undefined` while too little is known. Pure.
 *
 * A life is known as an interval only, and a wide one where nobody looked in between: taking its upper bound would
 * teach us the moment we woke at. So each life is spread over its interval, and then, a few times over, moved within
 * it to where all lives together have their weight, blurred a little: narrow intervals thus sharpen the wide ones,
 * and where there are only wide ones, the expectation stays wide, the next wait looks earlier, and brings a narrow
 * one. (This is the expectation step of a Turnbull estimate, stopped early.) Two kinds of lives stay two.
 */
export function expectationOf(history: History, model: string): Expectation | undefined {
	const lives = history.find((known) => known.model === model)?.lives ?? [];
	if (lives.length < ENOUGH_LIVES) return undefined;
	let density = CELLS.map(() => 1);
	for (let round = 0; round < ROUNDS; round++) {
		const shares = lives.map((life) => shareOf(life, density));
		const sums = CELLS.map((_, cell) => shares.reduce((sum, share) => sum + share[cell], 0));
		density = round < ROUNDS - 1 ? blurred(sums) : sums;
	}
	return { livesMs: quantilesOf(density) };
}

const ROUNDS = 4;
/** How many lives an expectation has. */
const POINTS = 9;

/** The scale of lives: cells of 5 %, from a second to a day. */
const CELL_RATIO = 1.05;
const CELLS = Array.from(
	{ length: Math.ceil(Math.log(LONGEST_LIFE) / Math.log(CELL_RATIO)) + 1 },
	(_, cell): [number, number] => [cell === 0 ? 0 : CELL_RATIO ** (cell - 1), CELL_RATIO ** cell],
);
/** A life of 100 s makes 90 to 110 s likelier. */
const BLUR = [1, 2, 3, 2, 1];

/** One life, spread over the cells it touches by their density. */
function shareOf([least, most]: Life, density: number[]): number[] {
	// A life that is known to the second has a width all the same: bounds are rounded.
	const [from, to] = [Math.max(0, least - 0.5), most + 0.5];
	const weights = CELLS.map(([start, end], cell) => {
		const covered = Math.min(end, to) - Math.max(start, from);
		return covered > 0 ? (density[cell] * covered) / (end - start) : 0;
	});
	const total = weights.reduce((sum, weight) => sum + weight);
	return weights.map((weight) => weight / total);
}

function blurred(density: number[]): number[] {
	const reach = (BLUR.length - 1) / 2;
	// Nothing is impossible: a life may lie where no other has been.
	const least = 1e-6;
	return density.map((_, cell) =>
		BLUR.reduce((sum, part, index) => sum + part * (density[cell + index - reach] ?? 0), least),
	);
}

function quantilesOf(density: number[]): number[] {
	const total = density.reduce((sum, weight) => sum + weight);
	return Array.from({ length: POINTS }, (_, point) => {
		let left = ((point + 0.5) / POINTS) * total;
		let cell = 0;
		while (left > density[cell] && cell < CELLS.length - 1) left -= density[cell++];
		const [start, end] = CELLS[cell];
		return 1_000 * (start + (end - start) * Math.min(1, left / density[cell]));
	});
}
