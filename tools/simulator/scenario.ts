import { z } from 'zod';

/** Longest span a scenario may ask for: a year, in simulated ms. */
const MAX_DURATION_MS = 365 * 24 * 3_600_000;

const durationMs = z.number().min(0).max(MAX_DURATION_MS);

/** A point of a progress curve: part of the run that has passed, and what is shown then, both 0…1. */
const curvePoint = z.tuple([z.number().min(0).max(1), z.number().min(0).max(1)]);

/**
 * How a task lives and what its answers look like. Every duration is in simulated ms, counted from the
 * moment the task was created; `speed` (see SimulatorOptions) turns them into real time.
 */
const scenarioSchema = z
	.object({
		/** Which of the two documented answer shapes reading a task has. */
		shape: z.enum(['bare', 'wrapped']).default('bare'),
		/** For this long after creation, reads answer task_not_exist. The task's life goes on meanwhile. */
		notExistMs: durationMs.default(0),
		/** How long the create takes to be answered; its task is there from the start. */
		createMs: durationMs.default(0),
		/** How long reads of the task take. */
		answerMs: durationMs.default(0),
		/** The three waiting spans follow each other in this order. */
		pendingMs: durationMs.default(1000),
		throttledMs: durationMs.default(0),
		runningMs: durationMs.default(5000),
		outcome: z.enum(['SUCCEEDED', 'FAILED', 'CANCELLED']).default('SUCCEEDED'),
		failure: z.string().default('An unexpected error occurred while generating the video.'),
		failureCode: z.string().default('INTERNAL.BAD_OUTPUT.CODE01'),
		/** How `progress` grows while RUNNING; `none` leaves it out, points are joined by straight lines. */
		progress: z
			.union([z.enum(['linear', 'steps', 'none']), z.array(curvePoint).min(1)])
			.default('linear'),
		/** What `progress` is rounded down to, but for `steps`. */
		progressStep: z.number().min(0.001).max(1).default(0.001),
		/** What `progress` says while the task waits for its run; as it is, nothing. */
		queuedProgress: z.number().min(0).max(1).optional(),
		/** Reads show the task as it was at the last beat of this length, counted from its creation; 0: as it is. */
		refreshMs: durationMs.default(0),
		/** 0 is SUCCEEDED without any URL. */
		outputCount: z.number().int().min(0).max(10).default(1),
		/** Which key carries the finished URL in the wrapped shape; all but `output` carry the first URL only. */
		outputUrlIn: z.enum(['output', 'result_url', 'video_url', 'fail_reason']).default('output'),
		/** Life of a signed output URL from the read that issued it; cut to whole real seconds, as `exp` is. */
		outputUrlTtlMs: durationMs.default(24 * 3_600_000),
		/** Size the output is padded to; smaller than the MP4 file means the file as it is. */
		outputBytes: z.number().int().positive().max(Number.MAX_SAFE_INTEGER).optional(),
		/** false: the download has no Content-Length and comes in chunks. */
		outputContentLength: z.boolean().default(true),
	})
	.strict();

export const partialScenarioSchema = scenarioSchema.partial();

export type Scenario = z.output<typeof scenarioSchema>;

/** Any of a scenario's fields; the others come from what lies below. */
export type PartialScenario = Partial<Scenario>;

/** A scenario for the tasks whose promptText contains a string. */
export const ruleSchema = z
	.object({ promptIncludes: z.string().min(1), scenario: partialScenarioSchema })
	.strict();

export type ScenarioRule = z.output<typeof ruleSchema>;

/** Lays partial scenarios over the defaults, the last one on top. */
export function scenarioOf(...layers: PartialScenario[]): Scenario {
	return scenarioSchema.parse(Object.assign({}, ...layers));
}
