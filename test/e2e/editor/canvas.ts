import type { Locator, Page } from 'playwright-core';
import { waitFor } from '../../../tools/n8n';
import { byTestId } from './page';

const RUN_TIMEOUT_MS = 30_000;

/** The canvas: nodes, and the connections between them. */
export class Canvas {
	constructor(private readonly page: Page) {}

	node(name: string): Locator {
		return this.page.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`);
	}

	/** Waits until just these names are written beside a node's outputs. */
	async waitForOutputs(name: string, ...expected: string[]): Promise<void> {
		let shown: string[] = [];
		await waitFor(
			async () => {
				// A count of items may be below the name.
				shown = (await this.outputHandles(name).allInnerTexts()).map(
					(text) => text.split('\n', 1)[0],
				);
				return shown.join() === expected.join();
			},
			RUN_TIMEOUT_MS,
			() => `the outputs ${expected.join(', ')}; shown are ${shown.join(', ')}`,
		);
	}

	connection(from: string, to: string): Locator {
		return this.page.locator(
			`[data-test-id="edge"][data-source-node-name="${from}"][data-target-node-name="${to}"]`,
		);
	}

	/** Drags a connection from an output of a node to the input of another, or its own. */
	async connect(from: string, output: number, to: string): Promise<void> {
		await this.fit();
		const source = await centreOf(this.outputHandles(from).nth(output));
		const target = await centreOf(byTestId(this.node(to), 'canvas-node-input-handle'));
		await this.page.mouse.move(source.x, source.y);
		await this.page.mouse.down();
		await this.page.mouse.move(source.x, source.y - 80, { steps: 8 });
		await this.page.mouse.move(target.x, target.y, { steps: 12 });
		await this.page.mouse.up();
		await this.connection(from, to).first().waitFor({ state: 'attached' });
	}

	/** Brings all nodes into view. */
	async fit(): Promise<void> {
		await byTestId(this.page, 'zoom-to-fit').click();
		// The view glides; nothing tells when it has arrived.
		await this.page.waitForTimeout(1_000);
	}

	/** Presses "Execute workflow", and waits until the execution has begun. */
	async run(): Promise<void> {
		const button = byTestId(this.page, 'execute-workflow-button');
		await button.click();
		await byTestId(this.page, 'stop-execution-button').or(this.failure).first().waitFor();
	}

	/** Waits until the execution has ended, well or badly. */
	async waitUntilDone(timeout = RUN_TIMEOUT_MS): Promise<void> {
		await this.page
			.locator('[data-test-id="execute-workflow-button"]:enabled')
			.waitFor({ timeout });
	}

	/** The message that pops up when a node fails. */
	get failure(): Locator {
		return this.page.getByRole('alert').filter({ hasText: 'Problem in node' });
	}

	/** Takes all messages away that have popped up. */
	async closeMessages(): Promise<void> {
		const buttons = this.page.locator('i.el-notification__closeBtn');
		// They move while others go, and go by themselves: no target for a mouse.
		await buttons.evaluateAll((all) => all.forEach((button) => button.click()));
		await buttons.first().waitFor({ state: 'hidden' });
	}

	private outputHandles(name: string): Locator {
		return byTestId(this.node(name), 'canvas-node-output-handle');
	}
}

async function centreOf(handle: Locator): Promise<{ x: number; y: number }> {
	const box = await handle.boundingBox();
	if (!box) throw new Error('The handle is not on the canvas');
	return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}
