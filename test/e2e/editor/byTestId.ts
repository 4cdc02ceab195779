import type { Locator, Page } from 'playwright-core';

/** n8n marks what its own tests look for with this attribute. */
export function byTestId(parent: Page | Locator, id: string): Locator {
	return parent.locator(`[data-test-id="${id}"]`);
}
