import { join } from 'node:path';
import type { Locator, Page, PageScreenshotOptions } from 'playwright-core';
import { repositoryRoot } from '../../../tools/n8n/paths';

const FOLDER = join(repositoryRoot, 'docs', 'images');
const shouldUpdate = Boolean(process.env.UPDATE_PICTURES);

/** Keeps what the page, or a part of it, shows as a picture of the README; with UPDATE_PICTURES=1 only. */
export async function picture(
	page: Page,
	name: string,
	clip?: PageScreenshotOptions['clip'],
): Promise<void> {
	if (!shouldUpdate) return;
	await page.mouse.move(0, 0);
	await page.evaluate('document.activeElement?.blur()');
	await page.screenshot({ path: join(FOLDER, `${name}.png`), animations: 'disabled', clip });
}

/** The same of a window so high that a long panel fits in. */
export async function highPicture(page: Page, name: string, height: number): Promise<void> {
	const usual = page.viewportSize();
	if (!usual) throw new Error('The window has no fixed size');
	await page.setViewportSize({ ...usual, height });
	await picture(page, name);
	await page.setViewportSize(usual);
}

/** n8n marks what its own tests look for with this attribute. */
export function byTestId(parent: Page | Locator, id: string): Locator {
	return parent.locator(`[data-test-id="${id}"]`);
}
