import { before, describe, it } from 'node:test';
import { HOLES } from './holes/holes';
import { type Ground, openGround, WAY_NAMES } from './holes/ways';

for (const way of WAY_NAMES) {
	describe(`holes that hostile tests found once stay closed on an n8n that reaches CometAPI ${way}`, () => {
		let ground: Ground;
		before(async () => {
			ground = await openGround(way);
		});

		for (const { name, check } of HOLES) {
			it(name, async () => {
				ground.stage.simulator.reset();
				await check(ground);
			});
		}

		it('all of it went that way', () => ground.assertWayTaken());
	});
}
