import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type Counts, Ground } from './ground';
import { killInTheirPhases, type Phase, PHASES, type Row, type Signal } from './phases';
import { endings, type Endings } from './retries';

const SIGNALS: Signal[] = ['SIGKILL', 'SIGTERM'];

/** What became of one execution. */
type Outcome = Endings & Counts;

/** Long enough to be the middle of it when n8n dies, and less than n8n waits for at a SIGTERM. */
const CREATE_SECONDS = 25;

/** How the tasks of a batch live: what is kept running outlasts a SIGTERM, and no phase ends too soon. */
const SECONDS: Record<Phase, number[]> = {
	submitting: [70, 75],
	'keeping running': [90, 95],
	suspended: [100, 130],
	'asking after a suspension': [62, 66],
};

/** What docs/killed-and-queue-mode.md says. */
function expectedOf({ signal, phase, saveExecutionProgress }: Row, outcome: Outcome): Outcome {
	const survives = phase === 'suspended' || (signal === 'SIGTERM' && phase !== 'keeping running');
	const isPaidTwice =
		!survives &&
		(phase === 'submitting' || (phase === 'keeping running' && !saveExecutionProgress));
	const creates = isPaidTwice ? 2 : 1;
	return {
		// Of what went on, a slow n8n may say that it has crashed: what counts is what it did.
		afterRestart: survives ? outcome.afterRestart : 'crashed',
		afterRetry: survives ? '-' : 'success',
		creates: [creates, creates],
		outputs: [1, 1],
	};
}

for (const signal of SIGNALS) {
	describe(`n8n gets ${signal} while executions are active or suspended`, () => {
		let ground: Ground;
		const outcomes = new Map<Row, Outcome>();

		before(async () => {
			ground = await Ground.open();
		});
		after(async () => await ground.stage.n8n.stop());

		it('starts executions, and ends n8n when each is in its phase', async () => {
			const started = await killInTheirPhases(ground, rowsOf(signal), signal);
			for (const [row, ending] of await endings(ground, started))
				outcomes.set(row, { ...ending, ...ground.countsOf(row.batch) });
			print(outcomes);
		});

		for (const phase of PHASES) {
			it(`${phase}: tasks are created, and outputs arrive, as often as the documentation says`, () => {
				const rows = [...outcomes].filter(([row]) => row.phase === phase);
				assert.ok(rows.length >= 2, 'was tried');
				for (const [row, outcome] of rows) {
					assert.deepEqual(outcome, expectedOf(row, outcome), titleOf(row));
					ground.assertPaired(row.batch);
				}
			});
		}
	});
}

function rowsOf(signal: Signal): Row[] {
	return PHASES.flatMap((phase) =>
		[false, true].flatMap((saveExecutionProgress) =>
			retriesOf(phase).map((retry): Row => {
				const progress = saveExecutionProgress ? 'saved' : 'unsaved';
				const batch = {
					name: [signal, phase, progress, retry].join('-').replaceAll(' ', '-'),
					seconds: SECONDS[phase],
					createSeconds: phase === 'submitting' ? CREATE_SECONDS : 0,
					settings: { saveExecutionProgress },
					waiting: { keepRunning: phase === 'keeping running' },
				};
				return { signal, phase, saveExecutionProgress, retry, batch };
			}),
		),
	);
}

/** What is suspended does not crash: there is nothing to retry. */
function retriesOf(phase: Phase): Array<Row['retry']> {
	return phase === 'suspended' ? ['current'] : ['original', 'current'];
}

const titleOf = ({ signal, phase, saveExecutionProgress, retry }: Row): string =>
	`${signal} | ${phase} | ${saveExecutionProgress ? 'on' : 'off'} | ${retry}`;

function print(outcomes: Map<Row, Outcome>): void {
	const lines = [...outcomes].map(([row, { afterRestart, afterRetry, creates, outputs }]) =>
		[titleOf(row), afterRestart, afterRetry, creates.join(' '), outputs.join(' ')].join(' | '),
	);
	const head =
		'signal | phase | Save execution progress | Retry with workflow | after the restart | after Retry | creates per item | outputs per item';
	console.log(['', head, ...lines, ''].join('\n'));
}
