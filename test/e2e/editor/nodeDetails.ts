import type { Locator, Page } from 'playwright-core';
import { waitFor } from '../../../tools/n8n';
import { byTestId } from './page';

const WAIT_MS = 30_000;

/** A node's details view: its parameters, and its output. */
export class NodeDetails {
	constructor(private readonly page: Page) {}

	/** Opens the view of a node on the canvas. */
	async open(node: string): Promise<void> {
		await this.page.locator(`[data-test-id="canvas-node"][data-node-name="${node}"]`).dblclick();
		await this.waitUntilOpen();
	}

	/** n8n opens the view of a node that has just been added. */
	async waitUntilOpen(): Promise<void> {
		await byTestId(this.page, 'node-parameters').waitFor();
	}

	async close(): Promise<void> {
		await byTestId(this.page, 'ndv-close-button').click();
		await byTestId(this.page, 'node-parameters').waitFor({ state: 'hidden' });
	}

	/** Waits until just these parameters are shown, in this order, the general ones of n8n left out. */
	async waitForFields(...expected: string[]): Promise<void> {
		let shown: string[] = [];
		await waitFor(
			async () => {
				shown = await this.fields();
				return shown.join() === expected.join();
			},
			WAIT_MS,
			() => `the fields ${expected.join(', ')}; shown are ${shown.join(', ')}`,
		);
	}

	private async fields(): Promise<string[]> {
		const inputs = byTestId(this.page, 'node-parameters').locator(
			'[data-test-id^="parameter-input-"]:visible',
		);
		const ids = await inputs.evaluateAll((all) =>
			all.map((each) => each.getAttribute('data-test-id') ?? ''),
		);
		return ids.map((id) => id.slice('parameter-input-'.length)).filter((name) => name !== 'field');
	}

	field(name: string): Locator {
		return byTestId(this.page, `parameter-input-${name}`);
	}

	async fill(name: string, text: string): Promise<void> {
		await this.field(name).locator('input, textarea').first().fill(text);
	}

	/** The same as a person does it. */
	async type(name: string, text: string): Promise<void> {
		await this.field(name).click();
		await this.page.keyboard.type(text);
	}

	async valueOf(name: string): Promise<string> {
		return await this.field(name).locator('input, textarea').first().inputValue();
	}

	/** How many fields n8n shows as filled in by the model of an agent. */
	async countFromModel(): Promise<number> {
		return await byTestId(this.page, 'fromAI-override-field').count();
	}

	/** Whether a field is shown, by its label: lists are no inputs of their own. */
	async shows(label: string): Promise<boolean> {
		return await byTestId(this.page, 'node-parameters')
			.getByText(label, { exact: true })
			.isVisible();
	}

	/** The name of the credential that is chosen. */
	async credential(): Promise<string> {
		return await byTestId(this.page, 'node-credentials-select').locator('input').inputValue();
	}

	/** Opens a drop-down, and lists what is on offer: each with its description, as shown. */
	async optionsOf(name: string): Promise<string[]> {
		await this.field(name).click();
		await this.options.first().waitFor();
		const texts = await this.options.allInnerTexts();
		await this.field(name).click();
		await this.options.first().waitFor({ state: 'hidden' });
		return texts;
	}

	/** Opens the list of a node's options, and gives their names. */
	async optionsToAdd(): Promise<string[]> {
		const list = byTestId(this.page, 'collection-parameter-add');
		await list.click();
		await this.options.first().waitFor();
		const names = await this.options.allInnerTexts();
		await list.click();
		await this.options.first().waitFor({ state: 'hidden' });
		return names;
	}

	/** Adds an option from the list of a node's options. */
	async addOption(option: string): Promise<void> {
		await byTestId(this.page, 'collection-parameter-add').click();
		await this.options.filter({ hasText: option }).first().click();
	}

	/** Turns a switch on or off. */
	async flip(name: string): Promise<void> {
		await this.field(name).locator('.el-switch').click();
	}

	async select(name: string, option: string): Promise<void> {
		await this.field(name).click();
		await this.options.filter({ hasText: option }).first().click();
		await this.options.first().waitFor({ state: 'hidden' });
	}

	private get options() {
		return this.page.locator('.el-select-dropdown__item:visible');
	}

	/** Opens the list of a resource locator, waits until it offers just these, and chooses the one that begins so. */
	async chooseFromList(name: string, wanted: string, expected: string[]): Promise<void> {
		await byTestId(byTestId(this.page, `resource-locator-${name}`), 'rlc-input').click();
		let found: string[] = [];
		await waitFor(
			async () => {
				found = await byTestId(this.page, 'rlc-item').allInnerTexts();
				return found.length === expected.length && expected.every((each) => found.includes(each));
			},
			WAIT_MS,
			() => `${expected.join(', ')} in the list; there are ${found.join(', ')}`,
		);
		await byTestId(this.page, 'rlc-item').filter({ hasText: wanted }).click();
	}

	/** Presses "Execute step". */
	async execute(): Promise<void> {
		await byTestId(this.page, 'node-execute-button').click();
	}

	/** Opens the video that the node's output has, and waits until it plays. */
	async playVideo(): Promise<void> {
		await byTestId(this.output, 'ndv-view-binary-data').click();
		const video = this.output.locator('video');
		await video.waitFor();
		await waitFor(
			async () =>
				(await video.evaluate(({ currentTime }: { currentTime: number }) => currentTime)) > 0,
			WAIT_MS,
			() => 'the video to play',
		);
	}

	/** Waits until the output panel shows a text. */
	async waitForOutput(pattern: RegExp): Promise<void> {
		await waitForText(this.output, pattern);
	}

	/** The same of the input panel. */
	async waitForInput(pattern: RegExp): Promise<void> {
		await waitForText(byTestId(this.page, 'ndv-input-panel'), pattern);
	}

	get output(): Locator {
		return byTestId(this.page, 'output-panel');
	}

	/** Waits until the output panel shows a hint with this text. */
	async waitForHint(pattern: RegExp): Promise<void> {
		await this.hints.filter({ hasText: pattern }).first().waitFor();
	}

	async waitForNoHint(): Promise<void> {
		await this.hints.first().waitFor({ state: 'hidden' });
	}

	private get hints(): Locator {
		return byTestId(this.output, 'node-hint');
	}

	/** The links in what the node says of its run. */
	get hintLinks(): Locator {
		return this.hints.locator('a');
	}

	/** The code that n8n shows in an error's details. */
	async errorCode(): Promise<string> {
		await this.output.getByText('From CometAPI Runway').click();
		return await this.output
			.locator('.node-error-view__details-row', { hasText: 'Error code' })
			.innerText();
	}

	get errorMessage(): Locator {
		return byTestId(this.output, 'node-error-message');
	}

	get errorDescription(): Locator {
		return byTestId(this.output, 'node-error-description');
	}
}

async function waitForText(panel: Locator, pattern: RegExp): Promise<void> {
	let shown = '';
	await waitFor(
		async () => {
			shown = await panel.innerText();
			return pattern.test(shown);
		},
		WAIT_MS,
		() => `${pattern} in the panel; it shows ${shown}`,
	);
}
