import {
	chain,
	connect,
	addNodes,
	trigger,
	type NodeJson,
	type WorkflowJson,
} from '../../tools/engine';
import { transform, wait } from '../../tools/engine/runway';

/** The key from a credential, as in any workflow that is meant to be shared; the same one as ours. */
const HEADERS = {
	authentication: 'predefinedCredentialType',
	nodeCredentialType: 'cometApiRunwayApi',
	sendHeaders: true,
	headerParameters: { parameters: [{ name: 'X-Runway-Version', value: '2024-11-06' }] },
};

const CREATE_BODY =
	'={{ { videoUri: "https://example.com/clip.mp4", promptText: $json.prompt, model: "gen4_aleph", ratio: "1280:720" } }}';

function httpRequest(name: string, parameters: NodeJson['parameters']): NodeJson {
	return {
		name,
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.2,
		parameters: { ...HEADERS, ...parameters },
	};
}

/** Wait, keeping the execution running, as it is in our package. */
export function oursWaiting(minPollSeconds: number): WorkflowJson {
	return chain(trigger, wait({ minPollSeconds }));
}

/** What people build: HTTP Request → IF finished → Wait → HTTP Request … */
export function byHandWaiting(baseUrl: string, waitSeconds: number): WorkflowJson {
	const read = httpRequest('Read', {
		url: `=${baseUrl}/runwayml/v1/tasks/{{ $json.id }}`,
		options: {},
	});
	const condition = {
		leftValue: '={{ ["SUCCEEDED", "FAILED", "CANCELLED"].includes($json.status) }}',
		rightValue: true,
		operator: { type: 'boolean', operation: 'true', singleValue: true },
	};
	const isFinished: NodeJson = {
		name: 'Finished?',
		type: 'n8n-nodes-base.if',
		typeVersion: 2.2,
		parameters: {
			conditions: {
				options: { caseSensitive: true, leftValue: '', typeValidation: 'strict', version: 2 },
				conditions: [{ id: 'finished', ...condition }],
				combinator: 'and',
			},
		},
	};
	const pause: NodeJson = {
		name: 'Pause',
		type: 'n8n-nodes-base.wait',
		typeVersion: 1.1,
		parameters: { amount: waitSeconds, unit: 'seconds' },
	};
	const workflow = addNodes(chain(trigger, read, isFinished), pause);
	connect(workflow, 'Finished?', 1, 'Pause');
	connect(workflow, 'Pause', 0, 'Read');
	return workflow;
}

/** Video → Transform of every item. */
export function oursSubmitting(maxConcurrency: number): WorkflowJson {
	return chain(trigger, transform({ options: { maxConcurrency } }));
}

/** HTTP Request of every item; it sends all at once, so a smaller concurrency takes a loop over the items. */
export function byHandSubmitting(
	baseUrl: string,
	concurrency: number,
	count: number,
): WorkflowJson {
	const url = `${baseUrl}/runwayml/v1/video_to_video`;
	const create = httpRequest('Create', {
		method: 'POST',
		url,
		sendBody: true,
		specifyBody: 'json',
		jsonBody: CREATE_BODY,
		options: {},
	});
	if (concurrency >= count) return chain(trigger, create);
	const loop: NodeJson = {
		name: 'Loop',
		type: 'n8n-nodes-base.splitInBatches',
		typeVersion: 3,
		parameters: { batchSize: concurrency, options: {} },
	};
	const workflow = addNodes(chain(trigger, loop), create);
	connect(workflow, 'Loop', 1, 'Create');
	connect(workflow, 'Create', 0, 'Loop');
	return workflow;
}

/** Wait with *Download Output*. */
export function oursDownloading(): WorkflowJson {
	return chain(trigger, wait({ download: true }));
}

/** HTTP Request of the task, then of its output as a file. */
export function byHandDownloading(baseUrl: string): WorkflowJson {
	const read = httpRequest('Read', {
		url: `=${baseUrl}/runwayml/v1/tasks/{{ $json.taskId }}`,
		options: {},
	});
	const download: NodeJson = {
		name: 'Download',
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.2,
		parameters: {
			url: '={{ $json.output[0] }}',
			options: { response: { response: { responseFormat: 'file' } } },
		},
	};
	return chain(trigger, read, download);
}

/** A file from disk → Transform as binary data. */
export function oursUploading(file: string): WorkflowJson {
	const read: NodeJson = {
		name: 'Read file',
		type: 'n8n-nodes-base.readWriteFile',
		typeVersion: 1,
		parameters: { fileSelector: file, options: {} },
	};
	return chain(trigger, read, transform({ videoSource: 'binary', promptText: 'clip' }));
}
