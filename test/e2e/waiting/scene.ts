import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { INode } from 'n8n-workflow';
import type { WorkflowJson } from '../../../tools/n8n';
import { World } from './world';

/** What all scenes play in; there from `openWorld` on. */
export let world: World;
const starts: Array<() => void> = [];

/** A test whose executions begin together with those of all others, and are looked at when they have ended. */
export function scene<Started>(
	title: string,
	start: () => Promise<Started>,
	look: (started: Started) => Promise<void>,
): void {
	let started: Promise<Started> | undefined;
	starts.push(() => {
		started = start();
		// The test below is told.
		started.catch(() => {});
	});
	it(title, async () => {
		assert.ok(started);
		await look(await started);
	});
}

/** The usual scene: started by a webhook, with tasks that live so many seconds. */
export function hooked(
	title: string,
	path: string,
	{ seconds, failing }: { seconds: number[]; failing?: number[] },
	make: (start: INode, prompts: string[]) => WorkflowJson,
	look: (id: string, prompts: string[]) => Promise<void>,
): void {
	const begin = async () => {
		const prompts = world.prompts(path, seconds, failing);
		const { id } = await world.byWebhook(path, (start) => make(start, prompts));
		return { id, prompts };
	};
	scene(title, begin, async ({ id, prompts }) => await look(id, prompts));
}

/** Opens the world, and begins all scenes at once: each takes a minute or two of suspension. */
export async function openWorld(): Promise<void> {
	world = await World.open();
	for (const start of starts) start();
}
