import { pick, seededRandom } from '../../../tools/clock/seededRandom';
import type { FaultInput } from '../../../tools/simulator';
import type { Signal } from '../durable/phases';

/** A kind of workflow: how many clips one execution of it has, and what it does with them. */
interface WayTraits {
	clips: number;
	/** Whether it fetches the outputs, and writes them to disk. */
	downloads: boolean;
	/** Whether its executions are suspended while their tasks run. */
	suspends: boolean;
	/** *Save execution progress*: what a node has done is in the database before the next one begins. */
	savesProgress: boolean;
}

/** Create and Wait, create and Wait in the process, and creates that wait themselves. */
export const WAYS = {
	waitFile: { clips: 2, downloads: true, suspends: true, savesProgress: false },
	waitUrl: { clips: 1, downloads: false, suspends: true, savesProgress: true },
	keeping: { clips: 1, downloads: true, suspends: false, savesProgress: true },
	nodeFile: { clips: 1, downloads: true, suspends: true, savesProgress: false },
	nodeUrl: { clips: 2, downloads: false, suspends: true, savesProgress: false },
} satisfies Record<string, WayTraits>;

export type Way = keyof typeof WAYS;

export const ALL_WAYS = Object.keys(WAYS) as Way[];
const waysWhere = (holds: (traits: WayTraits) => boolean): Way[] =>
	ALL_WAYS.filter((way) => holds(WAYS[way]));
const SUSPENDING = waysWhere(({ suspends }) => suspends);
const SUSPENDED_DOWNLOADS = waysWhere(({ suspends, downloads }) => suspends && downloads);
/** What spoils an execution of several clips for one of them is another suite's matter. */
const OF_ONE_CLIP = waysWhere(({ clips }) => clips === 1);

/** Moments at which the signal falls. */
interface MomentTraits {
	/** What keeps the request in question open, so that n8n ends within it; it goes on by itself where it is slow. */
	holds: readonly Hold[];
	/** Whose executions are looked at. */
	victims: Way[];
	/** Whether they are those of earlier rounds, which have been suspended. */
	isLate?: true;
}

export type Hold = 'nothing' | 'hang' | 'hangAfterHead' | 'slowBody';

const NOTHING = ['nothing'] as const;
const ANY_HOLD = ['hang', 'hangAfterHead', 'slowBody'] as const;

export const MOMENTS = {
	'at any time': { holds: NOTHING, victims: ALL_WAYS },
	'a create arrives': { holds: ['hang'], victims: ALL_WAYS },
	'a create is accepted': { holds: ANY_HOLD, victims: ALL_WAYS },
	'a create is answered': { holds: NOTHING, victims: ALL_WAYS },
	'a first look': { holds: ANY_HOLD, victims: ALL_WAYS },
	'all are suspended': { holds: NOTHING, victims: SUSPENDING },
	'a download while it runs': { holds: ANY_HOLD, victims: ['keeping'] },
	'a delivery while it runs': { holds: ANY_HOLD, victims: ['keeping'] },
	'a look after a suspension': { holds: NOTHING, victims: SUSPENDING, isLate: true },
	'a download after a suspension': {
		holds: ANY_HOLD,
		victims: SUSPENDED_DOWNLOADS,
		isLate: true,
	},
	'a delivery after a suspension': { holds: ANY_HOLD, victims: SUSPENDING, isLate: true },
	'n8n starts': { holds: NOTHING, victims: ALL_WAYS },
} satisfies Record<string, MomentTraits>;

export type Moment = keyof typeof MOMENTS;

/** Whether it is about executions that were suspended in earlier rounds. */
export const isOfEarlierRounds = (moment: Moment): boolean => 'isLate' in MOMENTS[moment];

export const ALL_MOMENTS = Object.keys(MOMENTS) as Moment[];

/** Before this round, nothing that was suspended has come back for sure. */
const LATE_FROM_ROUND = 6;

/** What goes wrong beside the kill, on a request of another execution of the round. */
const NOISES: ReadonlyArray<FaultInput | undefined> = [
	undefined,
	undefined,
	{ on: 'create', kind: 'status', status: 429, retryAfter: 1 },
	{ on: 'create', kind: 'reset', accepted: true },
	{ on: 'read', kind: 'status', status: 502, times: 2 },
	{ on: 'read', kind: 'reset' },
	{ on: 'download', kind: 'truncatedDownload' },
];

/** What happens in one round. Times are in real ms. */
export interface RoundPlan {
	/** From 0. */
	round: number;
	signal: Signal;
	moment: Moment;
	hold: Hold;
	/** The way whose executions the moment is about. */
	victim: Way;
	/** From the moment to the signal. */
	delayMs: number;
	/** From a start of n8n to the signal, where that is the moment. */
	startingMs: number;
	/** How long n8n stays down. */
	downMs: number;
	/** How long the tasks of each way run. */
	livesMs: Record<Way, number[]>;
	/** Whose prompts a fault hits, and which. */
	noise?: { way: Way; fault: FaultInput };
}

/** How tasks of those that keep running, which are there to be ended, and of those that are suspended, live: from, to. */
const KEPT_MS = [8_000, 14_000] as const;
const SUSPENDED_MS = [40_000, 150_000] as const;

const ANY_TIME_MS = 7_000;
const HELD_DELAY_MS = 300;
const DELAY_MS = 1_500;
const STARTING_MS = 8_000;
/** Most outages are short, and some long enough for what is suspended to become due. */
const LONGEST_OUTAGE_MS = 15_000;

/** What the round is to be: a pure function of the seed and the round's number. */
export function planRound(seed: number, round: number): RoundPlan {
	const random = seededRandom(seed * 1_009 + round);
	const { signal, moment } = cardOf(seed, round);
	const { holds, victims }: MomentTraits = MOMENTS[moment];
	const [hold, victim] = [pick(random, holds), pick(random, victims)];
	return {
		round,
		signal,
		moment,
		hold,
		victim,
		delayMs: Math.round(random() * longestDelay(moment, hold)),
		startingMs: Math.round(random() * STARTING_MS),
		downMs: Math.round(random() ** 3 * LONGEST_OUTAGE_MS),
		livesMs: livesOf(random),
		noise: noiseOf(random, victim),
	};
}

/** The prompt of one clip. */
export function promptOf(way: Way, round: number, item: number): string {
	return `<${way} ${round}.${item}>`;
}

/** The prompts of an execution. */
export function promptsOf(way: Way, round: number): string[] {
	return Array.from({ length: WAYS[way].clips }, (_, item) => promptOf(way, round, item));
}

/** The signals take turns, and each has a deck of all moments: none is left out by chance. */
function cardOf(seed: number, round: number): Pick<RoundPlan, 'signal' | 'moment'> {
	const signals = seededRandom(seed)() < 0.5 ? SIGNALS : [...SIGNALS].reverse();
	const turn = Math.floor(round / SIGNALS.length);
	const side = round % SIGNALS.length;
	const deck = deckOf(seed * 2 + side, Math.floor(turn / ALL_MOMENTS.length));
	return { signal: signals[side], moment: deck[turn % ALL_MOMENTS.length] };
}

const SIGNALS: readonly Signal[] = ['SIGKILL', 'SIGTERM'];

function deckOf(seed: number, number: number): Moment[] {
	const random = seededRandom(seed * 31 + number);
	const deck = shuffled(random, ALL_MOMENTS);
	if (number > 0) return deck;
	const open = Math.ceil(LATE_FROM_ROUND / SIGNALS.length);
	const early = deck.filter((moment) => !isOfEarlierRounds(moment));
	const rest = deck.filter((moment) => !early.slice(0, open).includes(moment));
	return [...early.slice(0, open), ...rest];
}

function shuffled<Element>(random: () => number, elements: readonly Element[]): Element[] {
	return elements
		.map((element) => ({ element, at: random() }))
		.sort((one, other) => one.at - other.at)
		.map(({ element }) => element);
}

function longestDelay(moment: Moment, hold: Hold): number {
	if (moment === 'at any time') return ANY_TIME_MS;
	return hold === 'nothing' ? DELAY_MS : HELD_DELAY_MS;
}

function livesOf(random: () => number): Record<Way, number[]> {
	const life = ([shortest, longest]: readonly [number, number]) =>
		Math.round(shortest + random() * (longest - shortest));
	const lives = ALL_WAYS.map((way): [Way, number[]] => [
		way,
		promptsOf(way, 0).map(() => life(WAYS[way].suspends ? SUSPENDED_MS : KEPT_MS)),
	]);
	return Object.fromEntries(lives) as Record<Way, number[]>;
}

function noiseOf(random: () => number, victim: Way): RoundPlan['noise'] {
	const fault = pick(random, NOISES);
	const way = pick(
		random,
		OF_ONE_CLIP.filter((each) => each !== victim),
	);
	return fault && { way, fault };
}
