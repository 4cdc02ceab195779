import type { Models } from './limits';
import { GEN4_RATIOS, MODERATION, SEED } from './shared';

export const DEFAULT_PERFORM_MODEL = 'act_two';

/** The models of `character_performance`, from CometAPI's page and Runway's SDK 4.20. */
export const CHARACTER_PERFORMANCE = {
	act_two: {
		takes: {
			character: { required: true },
			reference: { required: true, seconds: { least: 3, most: 30 } },
			ratio: { oneOf: GEN4_RATIOS },
			bodyControl: {},
			expressionIntensity: { from: 1, to: 5 },
			seed: SEED,
			contentModeration: MODERATION,
		},
	},
} as const satisfies Models;
