import { z } from 'zod';
import { sha256 } from '../stage';
import { startStrictServer } from '../strictServer';

/** A server that takes uploads by plain HTTP. */
export interface UploadServer {
	baseUrl: string;
	/** What has been uploaded: the SHA-256 of each, by its path. */
	sums: Map<string, string>;
}

const MOST_BYTES = 64 * 1024 * 1024;

/** Starts a server that takes `PUT` of an MP4 file, under any path. */
export async function startUploads(): Promise<UploadServer> {
	const sums = new Map<string, string>();
	const baseUrl = await startStrictServer((server) => {
		server.addContentTypeParser(
			'video/mp4',
			{ parseAs: 'buffer', bodyLimit: MOST_BYTES },
			async (_request: unknown, body: Buffer) => body,
		);
		server.put('/*', async ({ url, body }) => {
			sums.set(url, sha256(z.instanceof(Buffer).parse(body)));
			return { stored: true };
		});
	});
	return { baseUrl, sums };
}
