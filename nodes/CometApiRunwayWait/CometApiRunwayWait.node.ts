import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { testCredential } from '../shared/n8n/credentialTest';
import { WAITING_TOOLTIP } from '../shared/n8n/waiting/tellWait';
import { waitProperties } from './properties';
import { wait } from './wait';

export class CometApiRunwayWait implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'CometAPI Runway Wait',
		name: 'cometApiRunwayWait',
		icon: {
			light: 'file:../../icons/cometapi-runway-wait.svg',
			dark: 'file:../../icons/cometapi-runway-wait.dark.svg',
		},
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["options"]["download"] ? "Wait and Download" : "Wait for Task" }}',
		description: 'Wait until Runway tasks are finished, and pass their output URLs on',
		waitingNodeTooltip: WAITING_TOOLTIP,
		defaults: { name: 'CometAPI Runway Wait' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'cometApiRunwayApi', required: true, testedBy: 'testCredential' }],
		properties: waitProperties,
	};

	methods = { credentialTest: { testCredential } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return [await wait(this)];
	}
}
