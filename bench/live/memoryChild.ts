/**
 * Measures one thing in a process of its own: `memoryChild.ts KIND BASE_URL SMALL LARGE`, where SMALL and LARGE are
 * task ids, or files for `upload`. Runs SMALL first, so that everything is loaded, then LARGE, and prints how far
 * the peak of the resident memory lay above what was in use between the two, in MiB.
 */
import { DEFAULT_API_KEY } from '../../tools/simulator';
import { allowFileAccess, runWorkflow, type WorkflowJson } from '../../tools/engine';
import { dirname } from 'node:path';
import { byHandDownloading, oursDownloading, oursUploading } from './workflows';

const MIB = 1024 * 1024;

async function main([kind, baseUrl, small, large]: string[]): Promise<void> {
	if (kind === 'upload') allowFileAccess(dirname(small));
	const workflowFor: Record<string, (subject: string) => WorkflowJson> = {
		download: () => oursDownloading(),
		downloadByHand: () => byHandDownloading(baseUrl),
		upload: (file) => oursUploading(file),
	};
	const run = async (subject: string) => {
		const credentials = { cometApiRunwayApi: { apiKey: DEFAULT_API_KEY, baseUrl } };
		const { error } = await runWorkflow(workflowFor[kind](subject), {
			credentials,
			input: [{ json: { taskId: subject } }],
		});
		if (error) throw error;
	};
	await run(small);
	await run(small);
	globalThis.gc?.();
	const before = process.memoryUsage().rss;
	const startedAt = performance.now();
	await run(large);
	const seconds = (performance.now() - startedAt) / 1000;
	// In KiB, unlike the other.
	const peak = process.resourceUsage().maxRSS * 1024;
	console.log(JSON.stringify({ growthMiB: (peak - before) / MIB, seconds }));
	process.exit(0);
}

void main(process.argv.slice(2));
