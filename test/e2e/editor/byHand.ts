import type { Page } from 'playwright-core';
import { z } from 'zod';

/** What a person has done in a page, in order: what each click hit, and each field that was typed into. */
export interface ByHand {
	clicks: string[];
	fieldsTypedInto: string[];
}

/**
 * Runs in the page. `isTrusted` is what the browser says of events that mouse and keyboard have made: a click or text
 * that a script makes does not count.
 */
const LISTEN = `{
	const byHand = (window.byHand = { clicks: [], fieldsTypedInto: [] });
	const typedInto = new Set();
	const nameOf = (target) => {
		// Every input is marked as one more than it is as the input of its parameter.
		const named = target.closest('[data-test-id]:not([data-test-id="parameter-input-field"])');
		return [named?.getAttribute('data-test-id'), target.innerText?.trim().split('\\n')[0]]
			.filter(Boolean)
			.join(': ');
	};
	window.addEventListener(
		'pointerdown',
		({ isTrusted, target }) => isTrusted && byHand.clicks.push(nameOf(target)),
		true,
	);
	window.addEventListener(
		'keydown',
		({ isTrusted, key, target }) => {
			if (!isTrusted || key.length > 1 || typedInto.has(target)) return;
			typedInto.add(target);
			byHand.fieldsTypedInto.push(nameOf(target));
		},
		true,
	);
}`;

const byHand = z.object({ clicks: z.array(z.string()), fieldsTypedInto: z.array(z.string()) });

/** Does something in a page, and tells what was done by hand meanwhile. The page must not be loaded anew. */
export async function watchHands(page: Page, work: () => Promise<void>): Promise<ByHand> {
	await page.evaluate(LISTEN);
	await work();
	return byHand.parse(await page.evaluate('window.byHand'));
}
