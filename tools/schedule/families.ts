import type { PartialScenario } from '../simulator';

/** Tasks that live alike. Every number that can differ between them is drawn for each task. */
export interface Family {
	name: string;
	/** What is asked of the schedule here; see README. */
	goal: 'predict' | 'keepUp';
	/** Not looked at while the schedule was tuned. */
	heldOut?: boolean;
	scenario(random: () => number): PartialScenario;
}

const SECOND_MS = 1_000;

const between = (random: () => number, least: number, most: number): number =>
	least + (most - least) * random();

/** A life of 20 to 300 s, of which the first 1 to 8 s are PENDING. */
function life(random: () => number): Pick<PartialScenario, 'pendingMs' | 'runningMs'> {
	const pendingMs = between(random, 1, 8) * SECOND_MS;
	return { pendingMs, runningMs: between(random, 20, 300) * SECOND_MS - pendingMs };
}

/** A long wait for a place, then always the same run. */
function queueThenRun(
	random: () => number,
): Pick<PartialScenario, 'pendingMs' | 'throttledMs' | 'runningMs'> {
	return {
		pendingMs: 2 * SECOND_MS,
		throttledMs: between(random, 60, 600) * SECOND_MS,
		runningMs: 60 * SECOND_MS,
	};
}

/** Joined by straight lines so short that the curve is smooth to anyone who asks every 5 s. */
const CURVE_POINTS = 400;

function curve(progressAt: (part: number) => number): Array<[number, number]> {
	return Array.from({ length: CURVE_POINTS + 1 }, (_, index) => {
		const part = index / CURVE_POINTS;
		return [part, Math.min(Math.max(progressAt(part), 0), 1)];
	});
}

const sCurve = (part: number, bend: number): number =>
	part ** bend / (part ** bend + (1 - part) ** bend);

/** Every twentieth of the run has a speed of its own. */
function wandering(random: () => number): Array<[number, number]> {
	const gains = Array.from({ length: 20 }, () => between(random, 0.7, 1.3));
	const total = gains.reduce((sum, gain) => sum + gain);
	let progress = 0;
	return [
		[0, 0],
		...gains.map((gain, index): [number, number] => [
			(index + 1) / 20,
			Math.min((progress += gain / total), 1),
		]),
	];
}

export const FAMILIES: Family[] = [
	{ name: 'linear', goal: 'predict', scenario: (random) => life(random) },
	{
		name: 'linear, whole percents',
		goal: 'predict',
		scenario(random) {
			const roundedUpFrom = random() < 0.5 ? 0.5 : 1;
			return {
				...life(random),
				progress: curve((part) => part + (1 - roundedUpFrom) / 100),
				progressStep: 0.01,
			};
		},
	},
	{
		name: 'linear, but for ± 30 % of speed',
		goal: 'predict',
		scenario: (random) => ({ ...life(random), progress: wandering(random) }),
	},
	{
		name: 'steps of 5 %',
		goal: 'predict',
		scenario: (random) => ({ ...life(random), progressStep: 0.05 }),
	},
	{
		name: 'steps of 10 %',
		goal: 'predict',
		scenario: (random) => ({ ...life(random), progressStep: 0.1 }),
	},
	{
		name: 'steps of 25 %',
		goal: 'predict',
		scenario: (random) => ({ ...life(random), progress: 'steps' }),
	},
	{
		name: 'front-loaded',
		goal: 'predict',
		scenario(random) {
			const bend = between(random, 1.2, 2.5);
			return { ...life(random), progress: curve((part) => part ** (1 / bend)) };
		},
	},
	{
		name: 'ever slower',
		goal: 'predict',
		scenario(random) {
			const bend = between(random, 1.2, 2);
			return { ...life(random), progress: curve((part) => 1 - (1 - part) ** bend) };
		},
	},
	{
		name: 'slow, fast, slow, whole percents',
		goal: 'predict',
		scenario(random) {
			const bend = between(random, 1.2, 2);
			return { ...life(random), progress: curve((part) => sCurve(part, bend)), progressStep: 0.01 };
		},
	},
	{
		name: 'stalls near the end',
		goal: 'predict',
		scenario(random) {
			const [stallFrom, stallAt] = [between(random, 0.5, 0.9), between(random, 0.85, 0.97)];
			return {
				...life(random),
				progress: [
					[0, 0],
					[stallFrom, stallAt],
					[1, stallAt],
				],
			};
		},
	},
	{
		name: 'queue, then a run with progress',
		goal: 'predict',
		scenario: (random) => queueThenRun(random),
	},
	{
		name: 'queue, then a run without',
		goal: 'keepUp',
		scenario: (random) => ({ ...queueThenRun(random), progress: 'none' }),
	},
	{
		name: 'no progress',
		goal: 'keepUp',
		scenario: (random) => ({ ...life(random), progress: 'none' }),
	},
	{
		name: 'stuck at 30 %',
		goal: 'keepUp',
		scenario: (random) => ({ ...life(random), progress: [[0, 0.3]] }),
	},
	{
		name: 'stages of 10 and 50 %',
		goal: 'keepUp',
		scenario: (random) => ({ ...life(random), queuedProgress: 0.1, progress: [[0, 0.5]] }),
	},
	{
		name: 'refreshed every 15 s',
		goal: 'keepUp',
		scenario: (random) => ({
			...life(random),
			refreshMs: 15 * SECOND_MS,
			// The gateway's beat knows nothing of our creation.
			refreshFromMs: between(random, 0, 15) * SECOND_MS,
		}),
	},
	{
		name: 'slow start',
		goal: 'predict',
		scenario(random) {
			const slowPart = between(random, 0.3, 0.6);
			return {
				...life(random),
				progress: [
					[0, 0],
					[slowPart, 0.05],
					[1, 1],
				],
			};
		},
	},
	{
		name: 'back-loaded',
		goal: 'predict',
		heldOut: true,
		scenario(random) {
			const bend = between(random, 1.2, 2.5);
			return { ...life(random), progress: curve((part) => part ** bend) };
		},
	},
	{
		name: 'two speeds',
		goal: 'predict',
		heldOut: true,
		scenario(random) {
			const knee: [number, number] = [between(random, 0.2, 0.7), between(random, 0.2, 0.7)];
			return { ...life(random), progress: [[0, 0], knee, [1, 1]] };
		},
	},
];
