import { it } from 'node:test';
import { HOLES } from './holes';
import type { Ground } from './ways';

/** A test for each hole, on a ground that is open when the first begins. */
export function tryAllHoles(ground: () => Ground): void {
	for (const { name, check } of HOLES) {
		it(name, async () => {
			ground().stage.simulator.reset();
			await check(ground());
		});
	}
}
