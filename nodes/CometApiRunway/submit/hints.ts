import type { NodeHint } from 'n8n-workflow';
import { BYTES_PER_MB } from '../../shared/n8n/media/dataUri';
import type { SourceNames } from '../fields/media';
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

/**
 * Hints on creates. A run of a declarative node can tell none of its own: n8n gives its items contexts without
 * `addExecutionHints`, and returns the items alone (n8n-core, `RoutingNode.runNode`). The editor does show those that the
 * node's type declares, where their condition holds for the input it has (`getNodeHints`): none before there is input, and their text is fixed.
 */
export const createHints: NodeHint[] = VIDEO_SOURCES.flatMap(conditionsFor).map((condition) => ({
	message:
		'The file is larger than 5 MB. CometAPI may not take as much as binary data or a data URI: a URL is the safe way, up to 32 MB.',
	type: 'warning',
	location: 'outputPane',
	whenToDisplay: 'always',
	displayCondition: `={{ ${condition} }}`,
}));
