import type { IBinaryData, IExecuteFunctions, IN8nHttpFullResponse, IPollFunctions } from 'n8n-workflow';
import { readNetworkError, type Outcome } from '../api/outcome';

type DownloadContext = IExecuteFunctions | IPollFunctions;

/** How a download ended. `expired` means that the signed URL no longer works: a fresh one may. */
export type DownloadEnd =
	| { kind: 'stored'; binary: IBinaryData }
	| { kind: 'expired'; outcome: Outcome }
	| { kind: 'failed'; outcome: Outcome };

/** The body as n8n hands it out, a Node stream: taken as such by its binary store. */
type BodyStream = Parameters<IExecuteFunctions['helpers']['prepareBinaryData']>[0] & { destroy(): void };

/** What hosts of signed URLs answer once a URL has expired. */
const EXPIRED = new Set([401, 403, 404, 410]);

/**
 * Streams an output URL into n8n's binary store; memory does not grow with the file. Never rejects.
 *
 * The request carries no credential: the key is for CometAPI, and outputs lie on other hosts. A file that is
 * shorter or longer than the host announced counts as failed. `fileName` is without extension;
 * `abortSignal` ends the download when the user stops the execution.
 */
export async function downloadOutput(
	context: DownloadContext,
	url: string,
	fileName: string,
	abortSignal?: AbortSignal,
): Promise<DownloadEnd> {
	try {
		const response = (await context.helpers.httpRequest({
			url,
			method: 'GET',
			encoding: 'stream',
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			abortSignal,
		})) as IN8nHttpFullResponse;
		const stream = response.body as BodyStream;
		if (response.statusCode !== 200) {
			stream.destroy();
			const kind = EXPIRED.has(response.statusCode) ? 'expired' : 'failed';
			return { kind, outcome: { kind: 'badRequest', statusCode: response.statusCode } };
		}
		return await store(context, stream, response.headers, `${fileName}${extensionOf(url)}`);
	} catch (error) {
		return { kind: 'failed', outcome: readNetworkError(error) };
	}
}

async function store(
	context: DownloadContext,
	stream: BodyStream,
	headers: Record<string, unknown>,
	fileName: string,
): Promise<DownloadEnd> {
	const mimeType = String(headers['content-type'] ?? '').split(';')[0].trim();
	const isMedia = /^(video|image|audio)\//.test(mimeType);
	const binary = await context.helpers.prepareBinaryData(stream, fileName, isMedia ? mimeType : 'video/mp4');
	const announced = Number(headers['content-length'] ?? Number.NaN);
	const isWhole = Number.isNaN(announced) || headers['content-encoding'] !== undefined || binary.bytes === undefined || binary.bytes === announced;
	return isWhole ? { kind: 'stored', binary } : { kind: 'failed', outcome: { kind: 'connectionLost' } };
}

/** The file extension in a URL's path, with its dot; ".mp4" where there is none. */
function extensionOf(url: string): string {
	return /\.[a-z0-9]{2,4}$/i.exec(new URL(url).pathname)?.[0].toLowerCase() ?? '.mp4';
}
