/**
 * What a suite starts is ended when its process ends: after the last test, on Ctrl-C, and after a crash. Suites
 * need no cleanup of their own, though ending things early is fine. Before the folders are removed, they are
 * searched for the key and for source videos where they must not be (tools/canary); the suite fails when there are any.
 */
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, beforeEach } from 'node:test';
import {
	examineFolders,
	takeLeaks,
	throwLeaks,
	watchFolder,
	watchPrinting,
	watchRequests,
} from '../canary';

/** Set to keep temporary folders (n8n's user folders with their logs) for a look at them. */
const keepFolders = Boolean(process.env.E2E_KEEP);

interface Disposable {
	dispose?: () => Promise<unknown>;
	/** For the last resort, when there is no time left for `dispose`. */
	disposeNow?: () => unknown;
	/** Gets told that a test begins. */
	testBegins?: () => void;
	/** What it has logged since then; printed when the test fails. */
	logOfTest?: () => string | undefined;
}

const disposables = new Set<Disposable>();
const folders = new Set<string>();

/** Has something ended when the suite ends; the latest first. Returns how to take it off the list. */
export function endWithSuite(disposable: Disposable): () => void {
	disposables.add(disposable);
	return () => void disposables.delete(disposable);
}

/** Registers anything with a `close`, such as a simulator, and hands it back. */
export function closeWithSuite<T extends { close(): Promise<unknown> }>(closable: T): T {
	endWithSuite({ dispose: async () => await closable.close() });
	return closable;
}

/** A folder below the system's temporary folder, removed when the suite ends, unless E2E_KEEP is set. */
export function temporaryFolder(name: string): string {
	// Resolved, because n8n compares real paths when it decides about file access.
	const folder = realpathSync(mkdtempSync(join(tmpdir(), `runway-e2e-${name}-`)));
	folders.add(folder);
	watchFolder(folder);
	return folder;
}

/** Ends everything, the latest first, whatever fails on the way. */
export async function endEverything(): Promise<void> {
	const failures: unknown[] = [];
	for (const disposable of [...disposables].reverse()) {
		disposables.delete(disposable);
		await disposable.dispose?.().catch((error: unknown) => failures.push(error));
	}
	// Only now: a database that is in use is in pieces.
	examineFolders();
	removeFolders();
	const leaks = takeLeaks();
	if (leaks.length > 0) failures.push(`Leaked: ${leaks.join('\n')}`);
	if (failures.length === 0) return;
	// A hook that fails is shown by node:test, but does not make the process fail.
	process.exitCode = 1;
	throw new AggregateError(failures, `Ending the suite failed: ${failures.join('; ')}`);
}

function removeFolders(): void {
	for (const folder of folders) {
		folders.delete(folder);
		if (keepFolders) console.log(`Kept: ${folder}`);
		// Retried, because a process that was killed just now may still be writing.
		else rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
	}
}

/** No time for anything that has to be waited for. */
function endEverythingNow(): void {
	for (const { disposeNow } of disposables) disposeNow?.();
	disposables.clear();
	removeFolders();
}

for (const [signal, number] of [
	['SIGINT', 2],
	['SIGTERM', 15],
	['SIGHUP', 1],
] as const) {
	// `on`: a second signal, while the first is being handled, must not end this process half-way.
	process.on(signal, () => {
		console.error(`\n${signal}: ending everything that was started`);
		endEverythingNow();
		process.exit(128 + number);
	});
}
process.on('exit', () => {
	endEverythingNow();
	// What was printed after the last look.
	for (const leak of takeLeaks()) {
		console.error(`Leaked: ${leak}`);
		process.exitCode = 1;
	}
});

watchRequests();
watchPrinting();
after(endEverything);
beforeEach(() => {
	for (const { testBegins } of disposables) testBegins?.();
});
afterEach((context) => {
	const failed = 'passed' in context && !context.passed;
	for (const log of [...disposables].map(({ logOfTest }) => failed && logOfTest?.()))
		if (log) console.log(log);
	throwLeaks();
});
