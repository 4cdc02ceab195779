import type { NodeHint } from 'n8n-workflow';
import { BYTES_PER_MB } from '../../shared/n8n/media/dataUri';
import type { SourceNames } from '../fields/media';
import { ROUTES } from '../models/routes';
import { CHARACTER_NAMES, PERFORMANCE_NAMES } from '../resources/video/perform.body';
import { VIDEO_NAMES } from '../resources/video/transform.body';

/** Runway's own client says so of every data URI; its pages allow more for videos (SDK 4.20, docs "Inputs"). */
const SURE_BYTES = 5 * BYTES_PER_MB;
/** Base64 makes four characters of three bytes. */
const SURE_CHARACTERS = Math.ceil(SURE_BYTES / 3) * 4;

/** The fields in which an operation takes a video. */
const VIDEO_SOURCES: SourceNames[] = [VIDEO_NAMES, CHARACTER_NAMES, PERFORMANCE_NAMES];

/** Whether an incoming file, or a data URI in the panel, is larger than what is surely taken. */
const conditionsFor = ({ source, url, binary }: SourceNames): string[] => [
	`$parameter.${source} === "binary" && $input.all().some((item) => ((item.binary ?? {})[$parameter.${binary}] ?? {}).bytes > ${SURE_BYTES})`,
	`String($parameter.${url}).startsWith("data:") && String($parameter.${url}).length > ${SURE_CHARACTERS}`,
];

const fileHints: NodeHint[] = VIDEO_SOURCES.flatMap(conditionsFor).map((condition) =>
	warning(
		'The file is larger than 5 MB. CometAPI may not take as much as binary data or a data URI: a URL is the safe way, up to 32 MB.',
		condition,
	),
);

/** The models that take prompts of one length at most, by operation. */
type Takers = Record<string, string[]>;

/** Whose prompts may be how long. */
function modelsByPromptLimit(): Map<number, Takers> {
	const byLimit = new Map<number, Takers>();
	for (const [operation, { models }] of Object.entries(ROUTES)) {
		for (const [id, { takes }] of Object.entries(models)) {
			const limit = takes.promptText?.characters;
			if (limit === undefined) continue;
			const takers = byLimit.get(limit) ?? {};
			byLimit.set(limit, { ...takers, [operation]: [...(takers[operation] ?? []), id] });
		}
	}
	return byLimit;
}

const OPERATION = '$parameter.resource + "/" + $parameter.operation';

const promptHints: NodeHint[] = [...modelsByPromptLimit()].map(([limit, takers]) => ({
	...warning(
		`The prompt is longer than the ${limit} characters that this model takes: the item would fail, unpaid, before anything is sent.`,
		`(${JSON.stringify(takers)}[${OPERATION}] ?? []).includes($parameter.model) && String($parameter.promptText ?? "").length > ${limit}`,
	),
	whenToDisplay: 'beforeExecution',
}));

const PIN =
	'Every run is a paid task: pin this output while you build, and n8n takes it instead of running the node again.';

/** What comes next once a create has run, worded so that it is true after an error, and where the next node is there. */
const nextStepHints: NodeHint[] = [
	{
		...afterCreate('=== "task"'),
		message: `This node hands a task on as soon as it is accepted. CometAPI Runway Wait, added after it, waits for the output and passes it on. ${PIN}`,
	},
	{ ...afterCreate('!== "task"'), message: PIN },
];

function afterCreate(returnAs: string): Omit<NodeHint, 'message'> {
	return {
		type: 'info',
		location: 'outputPane',
		whenToDisplay: 'afterExecution',
		displayCondition: `={{ $parameter.resource !== "task" && $parameter.returnAs ${returnAs} }}`,
	};
}

function warning(message: string, condition: string): NodeHint {
	return {
		message,
		type: 'warning',
		location: 'outputPane',
		whenToDisplay: 'always',
		displayCondition: `={{ ${condition} }}`,
	};
}

/**
 * Hints on creates. A run of a declarative node can tell none of its own: n8n gives its items contexts without
 * `addExecutionHints`, and returns the items alone (n8n-core, `RoutingNode.runNode`). The editor does show those that the
 * node's type declares, where their condition holds for the input it has (`getNodeHints`): none that looks at the input before
 * there is any, and their text is fixed.
 */
export const createHints: NodeHint[] = [...fileHints, ...promptHints, ...nextStepHints];
