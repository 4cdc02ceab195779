import { z } from 'zod';
import { CREATE_TIMEOUT_MS } from '../../nodes/shared/n8n/client';
import { DEFAULT_BUDGET_MS } from '../../nodes/shared/http/retry';
import { readExample } from '../../tools/examples';

const cutOffAfter = z
	.object({
		filters: z.object({
			conditions: z.tuple([
				z.object({ keyName: z.literal('state'), keyValue: z.literal('submitting') }),
				z.object({
					keyName: z.literal('submittedAt'),
					condition: z.literal('lt'),
					keyValue: z.string(),
				}),
			]),
		}),
	})
	.transform(({ filters }) => filters.conditions[1].keyValue);

const MINUTE_MS = 60_000;

describe('the render queue', () => {
	const { nodes, settings } = readExample('render-queue.json', '/files');

	it('takes no submission for cut off that n8n may still be running, and n8n ends none that may still be repeated', () => {
		const { parameters } = nodes.find(({ name }) => name === 'Flag what was cut off')!;
		const [, minutes] = /\$now\.minus\(\{ minutes: (\d+) \}\)/.exec(cutOffAfter.parse(parameters))!;
		const timeoutMs = 1_000 * settings!.executionTimeout!;
		expect(timeoutMs).toBeGreaterThan(DEFAULT_BUDGET_MS + CREATE_TIMEOUT_MS);
		expect(Number(minutes) * MINUTE_MS).toBeGreaterThan(timeoutMs);
	});

	it('begins with the table when a crashed run is retried, since n8n keeps nothing of it', () => {
		expect(settings!.saveExecutionProgress).toBe(false);
	});
});
