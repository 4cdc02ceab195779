import { FastClock } from '../../tools/clock/fastClock';
import { durable, DurableWorld } from './support/durable';
import { suspendingWait } from './support/suspended';
import { useSimulator } from './support/useSimulator';
import { chain, trigger, type WorkflowJson } from '../../tools/engine';
import { transform } from '../../tools/engine/runway';

/** A resume that comes late would tell of n8n's scans, by which the next pause is planned, too. */
const clock = new FastClock(10, 1_500);
afterAll(() => clock.restore());
const simulator = useSimulator();
const { lives, toTheEnd } = new DurableWorld(simulator, clock);

const LIFE_S = 74;

/** How long the first suspension of a wait for one such task lasts, in s. */
async function firstPauseOf(workflow: WorkflowJson): Promise<number> {
	lives({ clip: LIFE_S });
	const { last, pauses } = await toTheEnd(workflow, ['clip']);
	expect(last.status).toBe('success');
	return pauses[0] / 1_000;
}

test('what earlier tasks of the node and model took tells how long to suspend first', async () => {
	const workflow = { ...durable(), id: 'learning' };
	expect(await firstPauseOf(workflow)).toBeLessThan(61);
	for (let task = 0; task < 4; task++) await firstPauseOf(workflow);
	expect(await firstPauseOf(workflow)).toBeGreaterThan(62);

	const another = chain(trigger, transform({ model: 'aleph2' }), suspendingWait());
	expect(await firstPauseOf({ ...another, id: 'learning' })).toBeLessThan(61);
}, 60_000);

test('what another node has seen tells nothing', async () => {
	expect(await firstPauseOf({ ...durable(), id: 'another' })).toBeLessThan(61);
}, 60_000);
