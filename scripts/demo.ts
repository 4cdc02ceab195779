/**
 * The main job, end to end: the example workflow on n8n's own engine, with a real MP4 and real HTTP. Against the
 * simulator, or with COMETAPI_KEY set against the live service (COMETAPI_BASE_URL: a gateway of your own).
 */
import {
	allowFileAccess,
	listenToLog,
	type NodeProgress,
	parseWorkflow,
	resumeWorkflow,
	type RunOptions,
	runWorkflow,
	type WorkflowJson,
	type WorkflowRun,
} from '../tools/engine';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { DEFAULT_API_KEY, startSimulator } from '../tools/simulator';

const ROOT = join(__dirname, '..');
const EXAMPLE = join(ROOT, 'examples', 'transform-a-clip.json');
const CLIP = join(ROOT, 'examples', 'media', 'source.mp4');
const LIVE_BASE_URL = 'https://api.cometapi.com';

/** About as long as it takes to see the progress grow; a real task takes minutes. */
const SIMULATED_TASK = { notExistMs: 500, pendingMs: 2_000, throttledMs: 2_000, runningMs: 28_000 };

interface Service {
	description: string;
	credential: { apiKey: string; baseUrl: string };
	close(): Promise<void>;
}

async function openService(): Promise<Service> {
	const { COMETAPI_KEY: apiKey, COMETAPI_BASE_URL: baseUrl = LIVE_BASE_URL } = process.env;
	if (apiKey) {
		const description = `the live service at ${baseUrl}; this creates one task, which is charged for`;
		return { description, credential: { apiKey, baseUrl }, close: async () => {} };
	}
	const simulator = await startSimulator({ scenario: SIMULATED_TASK });
	return {
		description: `the simulator at ${simulator.baseUrl}; set COMETAPI_KEY for the live service`,
		credential: { apiKey: DEFAULT_API_KEY, baseUrl: simulator.baseUrl },
		close: simulator.close,
	};
}

/** What the Settings node assigns. */
const fields = z.object({
	assignments: z.array(
		z.object({ id: z.string(), name: z.string(), type: z.string(), value: z.string() }),
	),
});

/** The example as shipped, with its Settings node filled in as a user would. */
function readExample(outputFolder: string): WorkflowJson {
	const workflow = parseWorkflow(readFileSync(EXAMPLE, 'utf8'));
	const settings = workflow.nodes.find(({ name }) => name === 'Settings');
	const { assignments } = fields.parse(settings?.parameters.assignments);
	const values: Record<string, string> = {
		inputFile: join(allowFileAccess(dirname(CLIP)), 'source.mp4'),
		outputFolder: allowFileAccess(outputFolder),
	};
	settings!.parameters.assignments = {
		assignments: assignments.map((each) => ({
			...each,
			value: values[each.name] ?? each.value,
		})),
	};
	return workflow;
}

const taskState = z.object({ status: z.string().optional(), progress: z.number().optional() });

/** Prints what the Wait node logs about its task, once per change. */
function showProgress(startedAt: number): void {
	let last = '';
	listenToLog((_level, message, metadata) => {
		if (message !== 'Runway task') return;
		const { status, progress } = taskState.parse(metadata);
		if (!status) return;
		const line = progress === undefined ? status : `${status} ${Math.round(progress * 100)} %`;
		if (line !== last)
			console.log(`  ${((Date.now() - startedAt) / 1000).toFixed(1).padStart(5)} s  ${line}`);
		last = line;
	});
}

/** Prints where the result is and how it came about; throws where there is none. */
function report(run: WorkflowRun): void {
	if (run.error)
		throw new Error([run.error.message, run.error.description].filter(Boolean).join('\n'));
	const [written] = run.json('Write the result');
	const file = String(written.fileName);
	const hash = createHash('sha256').update(readFileSync(file)).digest('hex');
	console.log(
		`Nodes:   ${[...new Set(run.nodesRun.map((name) => name.replace(/#\d+$/, '')))].join(' → ')}`,
	);
	console.log(`Task:    ${String(run.json('CometAPI Runway')[0].taskId)}`);
	console.log(`Output:  ${relative(process.cwd(), file)}`);
	console.log(`Size:    ${statSync(file).size} bytes`);
	console.log(`SHA-256: ${hash}`);
}

/** Resumes the execution when its time has come, as n8n does, as often as it is suspended. */
async function toTheEnd(run: WorkflowRun): Promise<WorkflowRun> {
	const { waitTill } = run.run;
	if (run.status !== 'waiting' || !waitTill) return run;
	console.log(`  suspended until ${waitTill.toLocaleTimeString()}`);
	await sleep(waitTill.getTime() - Date.now());
	return await toTheEnd(await resumeWorkflow(run));
}

async function main(): Promise<void> {
	const { values } = parseArgs({
		options: { output: { type: 'string', default: join(ROOT, 'demo-output') } },
	});
	mkdirSync(values.output, { recursive: true });
	const service = await openService();
	try {
		console.log(`Transforming ${relative(process.cwd(), CLIP)} with ${service.description}`);
		showProgress(Date.now());
		const credentials = { cometApiRunwayApi: service.credential };
		const onNode = ({ node, event }: NodeProgress) =>
			event === 'before' && console.log(`→ ${node}`);
		const options: RunOptions = { credentials, onNode, mode: 'manual' };
		report(await toTheEnd(await runWorkflow(readExample(values.output), options)));
	} finally {
		await service.close();
	}
}

main().catch((error: Error) => {
	console.error(`The demo failed: ${error.message}`);
	process.exitCode = 1;
});
