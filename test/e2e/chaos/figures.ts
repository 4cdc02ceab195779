import { table } from '../queue/table';
import { countsOf, type Ending } from './ending';
import { GIVEN_UP } from './exposure';
import type { Kill } from './field';
import type { QueueEnding } from './queueEnding';
import { ALL_MOMENTS } from './plan';
import { type Repeat, REPEATS, repeatsOf, type Verdict, VERDICTS, verdictOf } from './verdict';

/** What the suite is judged by. */
export interface Figures {
	kills: Kill[];
	/** Of clips, by what has become of them. */
	verdicts: Map<Verdict, string[]>;
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

/** How many kills found at least one of those. */
export const killsWithin = (kills: Kill[], open: keyof Kill['open']): number =>
	kills.filter((kill) => kill.open[open] > 0).length;

export function printFigures(figures: Figures, { evidence, failed }: Ending): void {
	const { kills, verdicts, repeats, retried } = figures;
	const count = (lists: Map<string, string[]>, key: string) => lists.get(key)?.length ?? 0;
	const signals = (of: Kill[]) => {
		const counts = countsOf(of.map(({ signal }) => signal));
		return [counts.get('SIGKILL') ?? 0, counts.get('SIGTERM') ?? 0].map(String);
	};
	const moments = ALL_MOMENTS.map((moment) => [
		moment,
		...signals(kills.filter((kill) => kill.moment === moment)),
	]);
	const lines = [
		table([['ended', 'SIGKILL', 'SIGTERM'], ...moments, ['in all', ...signals(kills)]]),
		`    ends of n8n with executions suspended: ${kills.filter(({ suspended }) => suspended.length > 0).length}; within a create: ${killsWithin(kills, 'creates')}, a look: ${killsWithin(kills, 'looks')}, a download: ${killsWithin(kills, 'downloads')}, a delivery: ${killsWithin(kills, 'deliveries')}`,
		`    ${evidence.tasks.length} tasks, ${evidence.deliveries.length} deliveries`,
		`    executions that did not succeed, by what n8n knows of their tasks: ${[...failed].map(([what, many]) => `${what} ${many}`).join(', ') || 'none'}; retried: ${retried}`,
		...Object.entries(VERDICTS).map(([verdict, text]) => `    ${count(verdicts, verdict)} ${text}`),
		...Object.entries(REPEATS).map(
			([repeat, text]) => `    ${count(repeats, repeat)} delivered again ${text}`,
		),
	];
	console.log(lines.join('\n'));
}

export function printQueue({ clips, flagged, retried }: QueueEnding): void {
	console.log(
		`    render queue: ${clips.length} clips, ${flagged} of them flagged for a person; ${retried} executions retried`,
	);
}

/** Clips whose tasks nobody but CometAPI knows of, by why. */
export function givenUp({ verdicts }: Figures): string[] {
	return Object.keys(GIVEN_UP).flatMap((reason) => verdicts.get(reason as Verdict) ?? []);
}
