import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readExample } from '../../../tools/examples';
import { type N8n, temporaryFolder, waitFor } from '../../../tools/n8n';
import { EXAMPLE } from './queue';

/** A dozen runs, two seconds apart; and more of them on a busy machine. */
const TIMEOUT_MS = 300_000;

/** They are run once, by hand, and nothing is paid for. */
const SETUP = ['Once, by hand', 'Create the table'];

/** The steps of the example, for executions to stand still at; see standStill.ts. */
export class Steps {
	private readonly file = join(temporaryFolder('steps'), 'steps.json');
	readonly all = stepsOfExample();

	/** For the n8n that it is to be done in. */
	readonly env = { EXTERNAL_HOOK_FILES: join(__dirname, 'standStill.ts'), STEPS_FILE: this.file };

	/** From now on, the first execution that comes to a step stands still there. */
	hold(): void {
		writeFileSync(this.file, JSON.stringify(this.all));
	}

	/** From now on, executions pass. */
	release(): void {
		rmSync(this.file, { force: true });
	}

	/**
	 * Waits until an execution stands still at each step that the pattern matches.
	 *
	 * @param logged length of n8n's log when the holding began
	 */
	async waitUntilHeld(n8n: N8n, logged: number, pattern = /./): Promise<void> {
		const awaited = this.all.filter((step) => pattern.test(step));
		let missing = awaited;
		await waitFor(
			() => {
				const lines = n8n.logs().slice(logged).split('\n');
				missing = awaited.filter((step) => !lines.includes(`Stands still ${step}`));
				return missing.length === 0;
			},
			TIMEOUT_MS,
			() => `an execution to stand still ${missing.join(', ')}`,
		);
	}
}

/** Before each node, and after those that nothing follows. */
function stepsOfExample(): string[] {
	const { nodes, connections } = readExample(EXAMPLE, '');
	const names = nodes
		.filter(({ type }) => type !== 'n8n-nodes-base.stickyNote')
		.map(({ name }) => name)
		.filter((name) => !SETUP.includes(name));
	const last = names.filter((name) => !connections[name]);
	return [...names.map((name) => `before ${name}`), ...last.map((name) => `after ${name}`)];
}
