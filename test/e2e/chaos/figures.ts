import { countsOf } from '../counts';
import { table } from '../queue/table';
import type { Ending } from './ending';
import type { Kill } from './field';
import type { QueueEnding } from './queueEnding';
import { ALL_MOMENTS } from './plan';
import { type Repeat, REPEATS, repeatsOf, type Verdict, VERDICTS, verdictOf } from './verdict';

/** How many ends of n8n found executions suspended, and requests open. */
export type Hits = Record<'suspended' | keyof Kill['open'], number>;

/** What the suite is judged by. */
export interface Figures {
	kills: Kill[];
	hits: Hits;
	/** Prompts of clips, by what has become of them. */
	verdicts: Map<Verdict, string[]>;
	/** Prompts of what was delivered once more, by why. */
	repeats: Map<Repeat, string[]>;
	/** Executions that were retried. */
	retried: number;
}

export function figuresOf({ evidence, clips, retries }: Ending): Figures {
	const verdicts = clips.map((clip): [Verdict, string] => [verdictOf(clip), clip.prompt]);
	const repeats = clips.flatMap((clip) =>
		repeatsOf(clip, evidence, retries).map((repeat): [Repeat, string] => [repeat, clip.prompt]),
	);
	return {
		kills: evidence.kills,
		hits: hitsOf(evidence.kills),
		verdicts: grouped(verdicts),
		repeats: grouped(repeats),
		retried: retries.size,
	};
}

function grouped<Key>(entries: Array<[Key, string]>): Map<Key, string[]> {
	const groups = new Map<Key, string[]>();
	for (const [key, value] of entries) groups.set(key, [...(groups.get(key) ?? []), value]);
	return groups;
}

function hitsOf(kills: Kill[]): Hits {
	const within = (open: keyof Kill['open']) => kills.filter((kill) => kill.open[open] > 0).length;
	return {
		suspended: kills.filter(({ suspended }) => suspended.length > 0).length,
		creates: within('creates'),
		looks: within('looks'),
		downloads: within('downloads'),
		deliveries: within('deliveries'),
	};
}

export function printFigures(figures: Figures, { evidence, failed }: Ending): void {
	const { kills, hits, verdicts, repeats, retried } = figures;
	const lines = [
		`tasks ${evidence.tasks.length}, deliveries ${evidence.deliveries.length}`,
		`ends of n8n that found something suspended or open: ${told(Object.entries(hits))}`,
		`executions that did not succeed, by what n8n knows of their tasks: ${told([...failed])}; retried: ${retried}`,
		...Object.entries(VERDICTS).map(
			([verdict, text]) => `${verdicts.get(verdict as Verdict)?.length ?? 0} ${text}`,
		),
		...Object.entries(REPEATS).map(
			([repeat, text]) => `${repeats.get(repeat as Repeat)?.length ?? 0} delivered again ${text}`,
		),
	];
	console.log([tableOf(kills), ...lines.map((line) => `    ${line}`)].join('\n'));
}

const told = (counts: Array<[string, number]>): string =>
	counts.map(([what, count]) => `${what} ${count}`).join(', ') || 'none';

function tableOf(kills: Kill[]): string {
	const signals = (of: Kill[]) => {
		const counts = countsOf(of.map(({ signal }) => signal));
		return [counts.get('SIGKILL') ?? 0, counts.get('SIGTERM') ?? 0].map(String);
	};
	const moments = ALL_MOMENTS.map((moment) => [
		moment,
		...signals(kills.filter((kill) => kill.moment === moment)),
	]);
	return table([['ended', 'SIGKILL', 'SIGTERM'], ...moments, ['in all', ...signals(kills)]]);
}

export function printQueue({ clips, flagged, retried }: QueueEnding): void {
	console.log(
		`    render queue: ${clips.length} clips, ${flagged} of them flagged for a person; ${retried} executions retried`,
	);
}
