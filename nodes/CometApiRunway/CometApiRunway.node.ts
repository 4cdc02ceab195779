import { NodeConnectionTypes, type INodeType, type INodeTypeDescription } from 'n8n-workflow';
import { testCredential } from '../shared/n8n/credentialTest';
import { WAITING_TOOLTIP } from '../shared/n8n/waiting/tellWait';
import { searchModels } from './models/searchModels';
import { imageDescription } from './resources/image';
import { taskDescription } from './resources/task';
import { videoDescription } from './resources/video';
import { createHints } from './submit/hints';

export class CometApiRunway implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'CometAPI Runway',
		name: 'cometApiRunway',
		icon: {
			light: 'file:../../icons/cometapi-runway.svg',
			dark: 'file:../../icons/cometapi-runway.dark.svg',
		},
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description:
			'Transform, generate and upscale videos, and generate images with Runway through CometAPI',
		waitingNodeTooltip: WAITING_TOOLTIP,
		defaults: { name: 'CometAPI Runway' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'cometApiRunwayApi', required: true, testedBy: 'testCredential' }],
		hints: createHints,
		requestDefaults: {
			baseURL: '={{ $credentials.baseUrl }}',
		},
		properties: [
			{
				displayName: 'Resource',
				name: 'resource',
				type: 'options',
				noDataExpression: true,
				options: [
					{ name: 'Video', value: 'video' },
					{ name: 'Image', value: 'image' },
					{ name: 'Task', value: 'task' },
				],
				default: 'video',
			},
			...videoDescription,
			...imageDescription,
			...taskDescription,
		],
	};

	methods = { credentialTest: { testCredential }, listSearch: { searchModels } };
}
