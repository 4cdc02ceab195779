import type { Page } from 'playwright-core';
import { OWNER } from '../../../tools/n8n';
import { byTestId } from './page';
import { Canvas } from './canvas';
import { NodeDetails } from './nodeDetails';
import { NodePanel } from './nodePanel';

/** n8n's editor in a browser, used with mouse and keyboard. */
export class Editor {
	readonly panel: NodePanel;
	readonly details: NodeDetails;
	readonly canvas: Canvas;

	constructor(
		readonly page: Page,
		private readonly baseUrl: string,
	) {
		this.panel = new NodePanel(page);
		this.details = new NodeDetails(page);
		this.canvas = new Canvas(page);
	}

	async signIn(): Promise<void> {
		await this.page.goto(`${this.baseUrl}/signin`);
		await this.page.locator('input[name=emailOrLdapLoginId]').fill(OWNER.email);
		await this.page.locator('input[name=password]').fill(OWNER.password);
		await this.page.keyboard.press('Enter');
		await this.page.waitForURL('**/home/workflows');
	}

	/** Opens an empty workflow. */
	async newWorkflow(): Promise<void> {
		await this.page.goto(`${this.baseUrl}/workflow/new`);
		await byTestId(this.page, 'canvas-add-button').waitFor();
	}

	/** Opens the form of a new credential of this type. */
	async openNewCredential(type: string): Promise<void> {
		await this.page.goto(`${this.baseUrl}/home/credentials/create`);
		const search = byTestId(this.page, 'new-credential-type-select').locator('input');
		await search.fill(type);
		await this.page.getByText(type, { exact: true }).last().click();
		await byTestId(this.page, 'new-credential-type-button').click();
		await byTestId(this.page, 'credential-edit-dialog').waitFor();
	}

	async openWorkflow({ id }: { id: string }): Promise<void> {
		await this.page.goto(`${this.baseUrl}/workflow/${id}`);
		await byTestId(this.page, 'canvas-node').first().waitFor();
	}

	/** Opens an execution from the workflow's list of executions. */
	async openExecution(workflow: { id: string }, execution: { id: string }): Promise<void> {
		await this.page.goto(`${this.baseUrl}/workflow/${workflow.id}/executions/${execution.id}`);
		await byTestId(this.page, 'canvas-node').first().waitFor();
	}

	/** Opens the node panel, and adds a node without actions. */
	async add(search: string, name: string): Promise<void> {
		await this.panel.open();
		await this.panel.search(search);
		await this.panel.choose(name);
	}
}
