import type { NodeHint } from 'n8n-workflow';
import { BYTES_PER_MB } from '../../shared/n8n/media/dataUri';

/** Runway's own client says so of every data URI; its pages allow more for videos (SDK 4.20, docs "Inputs"). */
const SURE_BYTES = 5 * BYTES_PER_MB;
/** Base64 makes four characters of three bytes. */
const SURE_CHARACTERS = Math.ceil(SURE_BYTES / 3) * 4;

/** Whether an incoming file, or a data URI in the panel, is larger than what is surely taken. */
const IS_LARGE = {
	binary: `$parameter.videoSource === "binary" && $input.all().some((item) => ((item.binary ?? {})[$parameter.binaryPropertyName] ?? {}).bytes > ${SURE_BYTES})`,
	typedIn: `String($parameter.videoUrl).startsWith("data:") && String($parameter.videoUrl).length > ${SURE_CHARACTERS}`,
};

/**
 * Hints on creates. A run of a declarative node can tell none of its own: n8n gives its items contexts without
 * `addExecutionHints`, and returns the items alone (n8n-core, `RoutingNode.runNode`). The editor does show those that the
 * node's type declares, where their condition holds for the input it has (`getNodeHints`): none before there is input, and their text is fixed.
 */
export const createHints: NodeHint[] = Object.values(IS_LARGE).map((condition) => ({
	message:
		'The video is larger than 5 MB. CometAPI may not take as much as binary data or a data URI: a URL is the safe way, up to 32 MB.',
	type: 'warning',
	location: 'outputPane',
	whenToDisplay: 'always',
	displayCondition: `={{ ${condition} }}`,
}));
