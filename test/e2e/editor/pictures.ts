import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { repositoryRoot } from '../harness/paths';

const FOLDER = join(repositoryRoot, 'docs', 'images');
const shouldUpdate = Boolean(process.env.UPDATE_PICTURES);

/** Keeps what the page shows as a picture of the README; with UPDATE_PICTURES=1 only. */
export async function picture(page: Page, name: string): Promise<void> {
	if (!shouldUpdate) return;
	await page.screenshot({ path: join(FOLDER, `${name}.png`), animations: 'disabled', caret: 'hide' });
}
