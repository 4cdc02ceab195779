import type { INodeProperties } from 'n8n-workflow';
import { taskIdFields, toolDescriptionField } from '../shared/n8n/asTool';
import { taskOptions } from '../shared/n8n/options';
import { DEFAULT_MIN_POLL_SECONDS, timeoutField } from '../shared/n8n/waiting/entries';

export const waitProperties: INodeProperties[] = [
	toolDescriptionField(
		'Waits until a Runway task has ended, which mostly takes some minutes, and answers with its outputUrl, or with why it failed. Costs nothing, and starts no task. It needs the taskId that the tool which started the task has answered. When it gives up because of its timeout, the task goes on: call it again with the same taskId.',
	),
	...taskIdFields(
		"The ID of the task to wait for, as the node 'CometAPI Runway' returns it in 'taskId'",
		'={{ $json.taskId }}',
	),
	{
		...timeoutField,
		description:
			'How long to wait for a task, counted from the first look at it, also across suspensions',
	},
	taskOptions([
		{
			displayName: 'Keep Execution Running',
			name: 'keepRunning',
			type: 'boolean',
			default: false,
			description:
				'Whether to wait inside the running execution. It holds a worker, and is lost when n8n is killed; without it the execution is suspended meanwhile.',
		},
		{
			displayName: 'Pass On Early',
			name: 'passOnEarly',
			type: 'boolean',
			default: false,
			description:
				'Whether finished items flow on at once, in runs of their own, instead of all together. Right where what follows treats each item by itself; wrong before a Merge, in Loop Over Items, and in a sub-workflow, which take what comes first, or last, for all.',
		},
		{
			displayName: 'Seconds Between Checks',
			name: 'minPollSeconds',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: DEFAULT_MIN_POLL_SECONDS,
			description:
				'The least time between two checks of a task. Runway asks for at least 5 seconds.',
		},
	]),
];
