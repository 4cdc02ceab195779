import { before, describe, it } from 'node:test';
import { tryAllHoles } from './holes/tryAll';
import { type Ground, openGround, WAY_NAMES } from './holes/ways';

for (const way of WAY_NAMES) {
	describe(`holes that hostile tests found once stay closed on an n8n that reaches CometAPI ${way}`, () => {
		let ground: Ground;
		before(async () => {
			ground = await openGround(way);
		});

		tryAllHoles(() => ground);

		it('all of it went that way', () => ground.assertWayTaken());
	});
}
