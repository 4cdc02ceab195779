import type { Page } from 'playwright-core';
import { waitFor } from '../../../tools/n8n';
import { byTestId } from './page';

const SEARCH_TIMEOUT_MS = 30_000;

/** The panel on the right, in which nodes are searched and chosen. */
export class NodePanel {
	constructor(private readonly page: Page) {}

	private get root() {
		return byTestId(this.page, 'node-creator');
	}

	async open(): Promise<void> {
		const first = byTestId(this.page, 'canvas-add-button').locator('button').first();
		if (await first.isVisible()) await first.click();
		else await byTestId(this.page, 'node-creator-plus-button').click();
		await byTestId(this.root, 'node-creator-search-bar').waitFor();
	}

	async close(): Promise<void> {
		await this.page.getByRole('button', { name: 'Close Node Creator' }).click();
	}

	/** Types into the search, once what an earlier search has found is gone. */
	async search(text: string): Promise<void> {
		const input = this.root.locator('input');
		await input.fill('no node is called that');
		await byTestId(this.root, 'node-creator-no-results').waitFor();
		await input.fill(text);
	}

	/** Types into the search, which has the focus when the panel opens, and takes the first node, this one, with the Enter key. */
	async typeAndEnter(text: string, first = text): Promise<void> {
		await this.page.keyboard.type(text);
		await byTestId(this.root, 'node-creator-item-name')
			.first()
			.filter({ hasText: first })
			.waitFor();
		await this.page.keyboard.press('Enter');
	}

	/** Takes the first action of the node that is open, this one, with the Enter key. */
	async enterFirstAction(first: string): Promise<void> {
		// n8n marks what the key would take, a moment after it is shown.
		await this.root
			.locator('[data-keyboard-nav-type=action][class*=_active_]', { hasText: first })
			.waitFor();
		await this.page.keyboard.press('Enter');
	}

	/** Opens one of the lists that the panel begins with. */
	async openList(name: string): Promise<void> {
		await this.root.getByText(name, { exact: true }).click();
	}

	/** Unfolds the actions of a node: they are folded up where a first step is chosen. */
	async expandActions(): Promise<void> {
		await this.root.getByText(/^Actions \(\d+\)$/).click();
	}

	/** Presses the button that a community node without actions has. */
	async addToWorkflow(): Promise<void> {
		await this.page.getByRole('button', { name: 'Add to workflow' }).click();
	}

	/** Waits until these nodes are among those that the search has found. */
	async waitForNodes(...names: string[]): Promise<void> {
		let found: string[] = [];
		await waitFor(
			async () => {
				found = await this.names();
				return names.every((name) => found.includes(name));
			},
			SEARCH_TIMEOUT_MS,
			() => `${names.join(', ')} in the node panel; there are ${found.join(', ')}`,
		);
	}

	async names(): Promise<string[]> {
		return await byTestId(this.root, 'node-creator-item-name').allInnerTexts();
	}

	/** Waits until the icons have been loaded from just these files, in this order. */
	async waitForIcons(...files: string[]): Promise<void> {
		let loaded: string[] = [];
		await waitFor(
			async () => {
				loaded = await this.icons();
				return loaded.join() === files.join();
			},
			SEARCH_TIMEOUT_MS,
			() => `icons from ${files.join(', ')}; they are from ${loaded.join(', ')}`,
		);
	}

	/** The files that icons were loaded from, each once. */
	private async icons(): Promise<string[]> {
		const images = this.root.locator('img');
		const urls = await images.evaluateAll((all) =>
			all.filter((image) => image.naturalWidth > 0).map((image) => image.src),
		);
		return [...new Set(urls.map((url) => url.split('/').at(-1)!))];
	}

	/** Clicks a found node, and then the button that a community node without actions has. */
	async choose(name: string): Promise<void> {
		await this.root.getByText(name, { exact: true }).first().click();
		const add = this.page.getByRole('button', { name: 'Add to workflow' });
		await add.or(this.page.locator('[data-test-id="canvas-node"]').first()).first().waitFor();
		if (await add.isVisible()) await add.click();
	}

	/** Clicks a found node that has actions, and waits until just these are shown, in this order. */
	async openActions(name: string, ...expected: string[]): Promise<void> {
		await this.root.getByText(name, { exact: true }).first().click();
		let shown: string[] = [];
		await waitFor(
			async () => {
				shown = await this.actions.allInnerTexts();
				return shown.join() === expected.join();
			},
			SEARCH_TIMEOUT_MS,
			() => `the actions ${expected.join(', ')}; shown are ${shown.join(', ')}`,
		);
	}

	async chooseAction(name: string): Promise<void> {
		await this.actions.filter({ hasText: name }).click();
	}

	private get actions() {
		return this.root.locator('[data-keyboard-nav-type=action]');
	}
}
