import type { IBinaryData, IBinaryKeyData } from 'n8n-workflow';
import type { Task } from '../../task/task';
import { downloadOutput, type Downloader, type DownloadEnd } from './download';

/** Why an output could not be had, and which. */
export type FailedOutput = Exclude<DownloadEnd, { kind: 'stored' }> & { url: string };

/** How the downloads of a task's outputs ended: with a file for each, or with the first that failed. */
export type OutputsEnd = { kind: 'stored'; binary: IBinaryKeyData } | FailedOutput;

export interface OutputsJob {
	task: Task;
	/** The binary field for the first output; the others go into `<field>_1`, `<field>_2` and so on. */
	field: string;
	downloader: Downloader;
	/** Does a job when there is a place for it. */
	inTurn<Result>(job: () => Promise<Result>): Promise<Result>;
}

/**
 * Downloads all outputs of a task, side by side as far as there is a place for them. The files are called by the task's
 * id, and numbered like their fields. All or nothing: once one has failed, no other begins. What was stored before that
 * stays in n8n's binary store until n8n deletes the execution: it gives nodes no means to take it out. Never rejects.
 */
export async function downloadOutputs({
	task: { taskId, outputUrls = [] },
	field,
	downloader,
	inTurn,
}: OutputsJob): Promise<OutputsEnd> {
	let failed: FailedOutput | undefined;
	const download = async (url: string, index: number): Promise<IBinaryData | undefined> => {
		if (failed) return undefined;
		const end = await downloadOutput(downloader, url, nameOf(taskId, index));
		if (end.kind === 'stored') return end.binary;
		failed ??= { ...end, url };
		return undefined;
	};
	const files = await Promise.all(
		outputUrls.map(async (url, index) => await inTurn(async () => await download(url, index))),
	);
	if (failed) return failed;
	return {
		kind: 'stored',
		binary: Object.fromEntries(
			files.flatMap((file, index) => (file ? [[nameOf(field, index), file]] : [])),
		),
	};
}

function nameOf(first: string, index: number): string {
	return index === 0 ? first : `${first}_${index}`;
}
