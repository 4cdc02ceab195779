import {
	NodeConnectionTypes,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IPollFunctions,
} from 'n8n-workflow';
import { testCredential } from '../shared/n8n/credentialTest';
import { pollTasks } from './pollTasks';
import { triggerProperties } from './properties';

export class CometApiRunwayTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'CometAPI Runway Trigger',
		name: 'cometApiRunwayTrigger',
		icon: {
			light: 'file:../../icons/cometapi-runway.svg',
			dark: 'file:../../icons/cometapi-runway.dark.svg',
		},
		group: ['trigger'],
		version: 1,
		subtitle: '={{ "Task " + $parameter["events"].join(" or ") }}',
		// The node panel has one card for the node and its trigger, and shows this text there: the node's own.
		description:
			'Transform, generate and upscale videos, and generate images with Runway through CometAPI',
		defaults: { name: 'CometAPI Runway Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'cometApiRunwayApi', required: true, testedBy: 'testCredential' }],
		properties: triggerProperties,
	};

	methods = { credentialTest: { testCredential } };

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await pollTasks(this);
	}
}
