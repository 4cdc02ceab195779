import { join } from 'node:path';
import { ensureServersInstalled, freePort, Service, temporaryFolder } from '../../../tools/n8n';
import { serversInstallation } from '../../../tools/n8n/paths';

/** The only account of s3rver; requests with another signature are refused. */
const KEY = 'S3RVER';

/** An S3 server of our own. */
export interface S3Server {
	service: Service;
	/** What goes into n8n's S3 credential. */
	credential: {
		endpoint: string;
		region: string;
		accessKeyId: string;
		secretAccessKey: string;
		forcePathStyle: boolean;
		ignoreSSLIssues: boolean;
	};
	/** Where the server keeps an object, as it was sent. */
	fileOf(bucket: string, key: string): string;
}

/** Starts s3rver, with its buckets, on a free loopback port. */
export async function startS3(...buckets: string[]): Promise<S3Server> {
	await ensureServersInstalled();
	const folder = temporaryFolder('s3');
	const data = join(folder, 'data');
	const port = await freePort();
	const options = [
		'-a',
		'127.0.0.1',
		'-p',
		String(port),
		'-d',
		data,
		...buckets.flatMap((name) => ['--configure-bucket', name]),
	];
	const service = new Service({
		name: 's3rver',
		command: process.execPath,
		args: [join(serversInstallation, 'node_modules', 's3rver', 'bin', 's3rver.js'), ...options],
		folder,
		env: process.env,
		readyLine: 'S3rver listening on',
	});
	await service.start();
	return {
		service,
		credential: {
			endpoint: `http://127.0.0.1:${port}`,
			region: 'us-east-1',
			accessKeyId: KEY,
			secretAccessKey: KEY,
			forcePathStyle: true,
			ignoreSSLIssues: false,
		},
		fileOf: (bucket, key) => join(data, bucket, `${key}._S3rver_object`),
	};
}
