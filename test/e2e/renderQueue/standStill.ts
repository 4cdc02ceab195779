/**
 * Loaded by n8n into its own process (EXTERNAL_HOOK_FILES, which is n8n's way to take in code): has executions stand still
 * for ever, one at each step that the file of STEPS_FILE lists, as `["before NODE", "after NODE", …]`. n8n is as it
 * is otherwise, and answers; the suite learns of each from the log, and then kills it. Node strips the types.
 */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const { ExecutionLifecycleHooks }: typeof import('n8n-core') = createRequire(process.argv[1])(
	'n8n-core',
);
const MOMENTS: Record<string, string> = { nodeExecuteBefore: 'before', nodeExecuteAfter: 'after' };

const passed = new Set<string>();
const { runHook } = ExecutionLifecycleHooks.prototype;

ExecutionLifecycleHooks.prototype.runHook = async function (name, parameters) {
	await runHook.call(this, name, parameters);
	const step = `${MOMENTS[name]} ${String(parameters[0])}`;
	if (passed.has(step) || !listedSteps().includes(step)) return;
	passed.add(step);
	console.log(`Stands still ${step}`);
	await new Promise(() => {});
};

function listedSteps(): string[] {
	const file = String(process.env.STEPS_FILE);
	return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as string[]) : [];
}
