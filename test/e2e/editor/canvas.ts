import type { Locator, Page } from 'playwright-core';
import { byTestId } from './page';

const RUN_TIMEOUT_MS = 60_000;

/** The canvas: nodes, and the connections between them. */
export class Canvas {
	constructor(private readonly page: Page) {}

	node(name: string): Locator {
		return this.page.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`);
	}

	/** How many outputs a node has. */
	async countOutputs(name: string): Promise<number> {
		return await byTestId(this.node(name), 'canvas-node-output-handle').count();
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
}
