import { before, describe } from 'node:test';
import { amidOtherNodes } from './waiting/amid';
import { whereSomebodyWaits } from './waiting/callers';
import { openWorld } from './waiting/scene';
import { withSettings } from './waiting/settings';
import { startedBy } from './waiting/startedBy';

describe('a Wait node', () => {
	before(openWorld);

	describe('started by', startedBy);
	describe('amid n8n’s own nodes:', amidOtherNodes);
	describe('with settings', withSettings);
	describe('where somebody waits for the answer', whereSomebodyWaits);
});
