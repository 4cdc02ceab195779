import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { DEFAULT_API_KEY, type PartialScenario } from '../../tools/simulator';

export const ROOT = join(__dirname, '..', '..');
const CREATE_HEADERS = {
	'content-type': 'application/json',
	authorization: `Bearer ${DEFAULT_API_KEY}`,
	'x-runway-version': '2024-11-06',
};

/** What is read of the simulator's answers. */
const created = z.object({ id: z.string() });
const simulatorStats = z.object({
	tasksAccepted: z.number(),
	taskReads: z.number(),
	maxInFlight: z.number(),
});
const finishingTasks = z.array(z.object({ finishesAt: z.number() }));
const arrivedRequests = z.array(z.object({ operation: z.string().optional(), at: z.number() }));

/** A simulator in a process of its own, so that its memory and most of its time are not ours. */
export class SimulatorProcess {
	private constructor(
		private readonly child: ChildProcess,
		readonly baseUrl: string,
	) {
		// A bench that breaks off leaves nothing behind.
		process.once('exit', () => child.kill());
	}

	/** @param speed simulated ms per real ms */
	static async start(speed: number): Promise<SimulatorProcess> {
		const arguments_ = [
			'--import',
			'tsx',
			join(ROOT, 'tools', 'simulator', 'cli.ts'),
			'--port',
			'0',
			'--quiet',
			'--speed',
			String(speed),
		];
		const child = spawn(process.execPath, arguments_, {
			cwd: ROOT,
			stdio: ['ignore', 'pipe', 'inherit'],
		});
		const baseUrl = await new Promise<string>((resolve, reject) => {
			let text = '';
			child.stdout.on('data', (chunk) => {
				text += String(chunk);
				const found = /listens on (\S+)/.exec(text);
				if (found) resolve(found[1]);
			});
			child.once('exit', (code) => reject(new Error(`The simulator ended with ${code}`)));
		});
		return new SimulatorProcess(child, baseUrl);
	}

	/** Creates a task that lives as the scenario says; returns its id. */
	async createTask(scenario: PartialScenario): Promise<string> {
		await this.admin('PUT', 'scenario', scenario);
		const body = {
			videoUri: 'https://example.com/clip.mp4',
			promptText: 'clip',
			model: 'gen4_aleph',
			ratio: '1280:720',
		};
		const response = await fetch(`${this.baseUrl}/runwayml/v1/video_to_video`, {
			method: 'POST',
			headers: CREATE_HEADERS,
			body: JSON.stringify(body),
		});
		if (!response.ok) throw new Error(`The simulator answered ${response.status} to a create`);
		return created.parse(await response.json()).id;
	}

	async useScenario(scenario: PartialScenario): Promise<void> {
		await this.admin('PUT', 'scenario', scenario);
	}

	async stats(): Promise<z.infer<typeof simulatorStats>> {
		return simulatorStats.parse(await this.admin('GET', 'stats'));
	}

	/** Epoch ms at which the last task finishes. */
	async lastFinish(): Promise<number> {
		const tasks = finishingTasks.parse(await this.admin('GET', 'tasks'));
		return Math.max(...tasks.map(({ finishesAt }) => finishesAt));
	}

	/** Epoch ms at which each read of a task arrived. */
	async readTimes(): Promise<number[]> {
		const requests = arrivedRequests.parse(await this.admin('GET', 'requests'));
		return requests.filter(({ operation }) => operation === 'read').map(({ at }) => at);
	}

	async reset(): Promise<void> {
		await this.admin('POST', 'reset');
	}

	close(): void {
		this.child.removeAllListeners('exit');
		this.child.kill();
	}

	private async admin(method: string, path: string, body?: unknown): Promise<unknown> {
		const content =
			body === undefined
				? {}
				: { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
		const response = await fetch(`${this.baseUrl}/_simulator/${path}`, { method, ...content });
		const text = await response.text();
		if (!response.ok)
			throw new Error(`The simulator answered ${response.status} to ${method} ${path}: ${text}`);
		return text === '' ? undefined : JSON.parse(text);
	}
}

/** Runs a program of the bench in a process of its own and gives the JSON that it prints last. */
export async function runChild<Schema extends z.ZodTypeAny>(
	file: string,
	schema: Schema,
	...arguments_: string[]
): Promise<z.output<Schema>> {
	const all = ['--expose-gc', '--import', 'tsx', join(ROOT, 'bench', 'live', file), ...arguments_];
	const { stdout } = await promisify(execFile)(process.execPath, all, {
		cwd: ROOT,
		maxBuffer: 16 * 1024 * 1024,
	});
	return schema.parse(JSON.parse(String(stdout.trim().split('\n').pop())));
}
