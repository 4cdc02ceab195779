import { z } from 'zod';
import { CREATE_ROUTES } from './create/routes';

/** Longest span a scenario may ask for: a year, in simulated ms. */
const MAX_DURATION_MS = 365 * 24 * 3_600_000;

const durationMs = z.number().min(0).max(MAX_DURATION_MS);

/** A point of a progress curve: part of the run that has passed, and what is shown then, both 0…1. */
const curvePoint = z.tuple([z.number().min(0).max(1), z.number().min(0).max(1)]);

/** What can be told to answer 404, as if CometAPI did not have it. */
export const ENDPOINTS = [...CREATE_ROUTES, 'head', 'options', 'usage', 'log', 'billing'] as const;

/** What is not known of CometAPI, to be told either way. */
const gatewayFields = {
	/** `runway`: creates and tasks tell their costs, as Runway's own do. */
	costs: z.enum(['none', 'runway']).default('none'),
	/** `estimatedCost`, and the `cost` of a task that succeeded or was moderated; another one costs 0. */
	estimatedCredits: z.number().min(0).default(60),
	chargedCredits: z.number().min(0).default(56),
	/** Where a create's answer has the id; `data` is the id itself. */
	createdIdIn: z.enum(['id', 'task_id', 'data.task_id', 'data']).default('id'),
	/** `number`: ids are whole numbers, and the create's answer has them as such. */
	createdIdAs: z.enum(['text', 'number']).default('text'),
	/** Whether models that the simulator does not know get `model_not_found` with 503. */
	unknownModels: z.enum(['taken', 'refused']).default('taken'),
	/** Models that get it although they are known. */
	missingModels: z.array(z.string()).default([]),
	/** `gen4_image` without referenceImages: refused by CometAPI's page, taken by Runway. */
	textOnlyImages: z.enum(['refused', 'taken']).default('refused'),
	/** A wrong create: 400 in the envelope, 500 in it, or 400 flat, as the gateway's task routes answer. */
	refusals: z.enum(['envelope', 'disguised', 'flat']).default('envelope'),
	versionHeader: z.enum(['required', 'optional']).default('required'),
	/** The status of task_not_exist. */
	notExistStatus: z.number().int().min(200).max(599).default(400),
	/** As it is: in the envelope when the shape is bare, flat when it is wrapped. */
	notExistAs: z.enum(['envelope', 'flat']).optional(),
	/** What answers 404: create routes, HEAD or OPTIONS of them, the key's usage, its log, its billing. */
	missing: z.array(z.enum(ENDPOINTS)).default([]),
};

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
		/** Reads show the task as it was at the last beat of this length; 0: as it is. */
		refreshMs: durationMs.default(0),
		/** How long after the creation the first such beat comes; until then the task is shown as it was created. */
		refreshFromMs: durationMs.default(0),
		/** 0 is SUCCEEDED without any URL; as it is, what the body asks for, or 1. */
		outputCount: z.number().int().min(0).max(10).optional(),
		/** Which key carries the finished URL in the wrapped shape; all but `output` carry the first URL only. */
		outputUrlIn: z.enum(['output', 'result_url', 'video_url', 'fail_reason']).default('output'),
		/** What output URLs begin with, in the place of the output server's own address; nothing is served there. */
		outputOrigin: z.string().url().optional(),
		/** Life of a signed output URL from the read that issued it; cut to whole real seconds, as `exp` is. */
		outputUrlTtlMs: durationMs.default(24 * 3_600_000),
		/** Size that MP4 and MOV are padded to; smaller than the file means the file as it is. */
		outputBytes: z.number().int().positive().max(Number.MAX_SAFE_INTEGER).optional(),
		/** false: the download has no Content-Length and comes in chunks. */
		outputContentLength: z.boolean().default(true),
		...gatewayFields,
	})
	.strict();

export const partialScenarioSchema = scenarioSchema.partial();

export type Scenario = z.output<typeof scenarioSchema>;

/** Any of a scenario's fields; the others come from what lies below. */
export type PartialScenario = Partial<Scenario>;

/** A scenario for the tasks whose prompt, or other texts where there is none, contains a string. */
export const ruleSchema = z
	.object({ promptIncludes: z.string().min(1), scenario: partialScenarioSchema })
	.strict();

export type ScenarioRule = z.output<typeof ruleSchema>;

/** Lays partial scenarios over the defaults, the last one on top. */
export function scenarioOf(...layers: PartialScenario[]): Scenario {
	return scenarioSchema.parse(Object.assign({}, ...layers));
}
