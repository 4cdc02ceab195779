import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { testCredential } from '../shared/n8n/credentialTest';
import { keepRunning } from './keepRunning';
import { waitProperties } from './properties';
import { suspendBetweenChecks } from './suspend';

export class CometApiRunwayWait implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'CometAPI Runway Wait',
		name: 'cometApiRunwayWait',
		icon: {
			light: 'file:../../icons/cometapi-runway.svg',
			dark: 'file:../../icons/cometapi-runway.dark.svg',
		},
		group: ['transform'],
		version: 1,
		subtitle:
			'={{ $parameter["options"]["downloadVideo"] ? "Wait and Download" : "Wait for Task" }}',
		description: 'Wait until Runway tasks are finished, and pass their output URLs on',
		defaults: { name: 'CometAPI Runway Wait' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs:
			'={{ $parameter["waitMode"] === "suspend" ? [{ type: "main", displayName: "Still Processing" }, { type: "main", displayName: "Succeeded" }, { type: "main", displayName: "Failed" }] : ["main"] }}',
		credentials: [{ name: 'cometApiRunwayApi', required: true, testedBy: 'testCredential' }],
		properties: waitProperties,
	};

	methods = { credentialTest: { testCredential } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const suspends = this.getNodeParameter('waitMode', 0) === 'suspend';
		return suspends ? await suspendBetweenChecks(this) : [await keepRunning(this)];
	}
}
