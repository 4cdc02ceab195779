import { say } from '../queue/observer';
import { table } from '../queue/table';
import { allFates, fateOf } from './fates';
import type { Amid, Storm } from './storm';
import type { Row } from './trial';

const KINDS: Array<keyof Amid> = ['submitting', 'suspended', 'resumed', 'delivering'];

/** Prints how often the store was away, amid what, and what became of the calls. */
export function printFigures(rows: Row[], storm: Storm): void {
	const fates = rows.map(fateOf);
	const count = (wanted: string) => String(fates.filter((fate) => fate === wanted).length);
	console.log(
		table([['what became of it', 'calls'], ...allFates.map((fate) => [fate, count(fate)])]),
	);
	const amid = KINDS.map((kind) => `${kind} ${storm.stopsAmid(kind)}`).join(', ');
	const sum = (of: 'tasks' | 'deliveries') => rows.reduce((total, row) => total + row[of], 0);
	say(`${storm.stops.length} stops, amid executions: ${amid}`);
	say(`${rows.length} calls, ${sum('tasks')} tasks, ${sum('deliveries')} deliveries`);
}
