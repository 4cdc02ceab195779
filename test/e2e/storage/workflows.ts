import type { INode } from 'n8n-workflow';
import type { StoredCredential, WorkflowJson } from '../../../tools/n8n';
import {
	sequence,
	itemPerPrompt,
	manualTrigger,
	node,
	transformNode,
	waitNode,
} from '../workflows';

/** Start → one item per prompt → Transform → Wait, with the output's video → store. */
export function batch(
	name: string,
	prompts: string[],
	store: INode,
	start = manualTrigger,
): WorkflowJson {
	return sequence(name, [
		start,
		itemPerPrompt(prompts),
		transformNode(),
		waitNode({ options: { download: true, minPollSeconds: 1 } }),
		store,
	]);
}

/** n8n's S3 node, which takes servers other than Amazon's. */
export function s3Upload({ id, name }: StoredCredential, bucketName: string): INode {
	const parameters = {
		resource: 'file',
		operation: 'upload',
		bucketName,
		fileName: '={{ $json.taskId }}.mp4',
		binaryData: true,
		binaryPropertyName: 'data',
		additionalFields: { parentFolderKey: 'runway' },
	};
	return node('Store', 'n8n-nodes-base.s3', 1, parameters, { credentials: { s3: { id, name } } });
}

/** n8n's FTP node; it creates the folder. */
export function sftpUpload({ id, name }: StoredCredential, folder: string): INode {
	const parameters = {
		protocol: 'sftp',
		operation: 'upload',
		path: `=${folder}/runway/{{ $json.taskId }}.mp4`,
		binaryData: true,
		binaryPropertyName: 'data',
	};
	return node('Store', 'n8n-nodes-base.ftp', 1, parameters, {
		credentials: { sftp: { id, name } },
	});
}
