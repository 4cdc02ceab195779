import type { IExecuteFunctions } from 'n8n-workflow';

/** What waiting for one task took. */
export interface Effort {
	looks: number;
	waitedMs: number;
}

/** Says in the output panel how long the node waited and how often it asked; older versions of n8n can't show it. */
export function tellWait(context: IExecuteFunctions, efforts: Effort[]): void {
	if (efforts.length === 0 || typeof context.addExecutionHints !== 'function') return;
	const longest = Math.max(...efforts.map(({ waitedMs }) => waitedMs));
	const looks = efforts.reduce((sum, effort) => sum + effort.looks, 0);
	const tasks = efforts.length === 1 ? 'the task' : `${efforts.length} tasks`;
	const times = ['once', 'twice'][looks - 1] ?? `${looks} times`;
	context.addExecutionHints({
		message: `Waited ${inWords(longest)} for ${tasks}, asking ${times}`,
		location: 'outputPane',
	});
}

function inWords(ms: number): string {
	const seconds = Math.round(ms / 1000);
	const minutes = Math.floor(seconds / 60);
	if (minutes === 0) return `${seconds} s`;
	return minutes < 60
		? `${minutes} min ${seconds % 60} s`
		: `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
