import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { z } from 'zod';
import {
	closeWithSuite,
	ensureServersInstalled,
	freePort,
	Service,
	temporaryFolder,
} from '../../../tools/n8n';
import { makeCertificate } from '../../../tools/network/certificate';
import { openServer } from '../../../tools/network/openServer';
import { joinEnds } from '../../../tools/network/tlsFront';
import { runCommand } from '../../../tools/n8n/command';
import { serversInstallation } from '../../../tools/n8n/paths';

const PUBLIC_REGISTRY = 'registry.npmjs.org';

/** An npm registry that an n8n on this machine takes for the public one. */
export interface Registry {
	/** Publishes a tarball, as `npm publish` does. */
	publish(tarball: string): Promise<void>;
	/** The environment that leads n8n, and the npm it starts, here. */
	env: Record<string, string>;
	/** Other hosts that n8n tried to reach through the proxy, in vain. */
	refusedHosts: Set<string>;
}

/**
 * Starts Verdaccio with the public registry's name in its certificate, and the proxy that leads there. n8n takes
 * another registry than the public one only with an Enterprise licence; a proxy is open to everybody. Nothing else
 * can be reached through it, so what n8n installs has been published here.
 */
export async function startRegistry(): Promise<Registry> {
	await ensureServersInstalled();
	const folder = temporaryFolder('registry');
	const { key, certificate } = makeCertificate(folder, PUBLIC_REGISTRY);
	const port = await freePort();
	writeFileSync(join(folder, 'config.yaml'), configuration(key, certificate, port));
	const service = new Service({
		name: 'Verdaccio',
		command: process.execPath,
		args: [
			join(serversInstallation, 'node_modules', 'verdaccio', 'bin', 'verdaccio'),
			'--config',
			join(folder, 'config.yaml'),
		],
		folder,
		env: { ...process.env, NODE_ENV: 'production' },
		readyLine: 'http address',
	});
	await service.start();
	const refusedHosts = new Set<string>();
	const proxy = await startProxy(port, refusedHosts);
	const address = `//127.0.0.1:${port}/`;
	const publish = async (tarball: string) => {
		const flags = [
			`--registry=https:${address}`,
			`--cafile=${certificate}`,
			`--${address}:_authToken=anybody`,
			'--loglevel=error',
		];
		await runCommand('npm', ['publish', tarball, ...flags], { cwd: folder });
	};
	const env = {
		HTTPS_PROXY: proxy,
		NO_PROXY: '127.0.0.1,localhost',
		NODE_EXTRA_CA_CERTS: certificate,
		npm_config_cafile: certificate,
		npm_config_update_notifier: 'false',
	};
	return { publish, env, refusedHosts };
}

function configuration(key: string, cert: string, port: number): string {
	return JSON.stringify({
		storage: './storage',
		web: { enable: false },
		auth: { htpasswd: { file: './htpasswd' } },
		packages: { '**': { access: '$all', publish: '$all', unpublish: '$all' } },
		listen: `https://127.0.0.1:${port}`,
		https: { key, cert, ca: cert },
		log: { type: 'stdout', format: 'pretty', level: 'http' },
	});
}

/** An HTTPS proxy that knows one way only. */
async function startProxy(registryPort: number, refusedHosts: Set<string>): Promise<string> {
	const server = createServer((request, response) => {
		refusedHosts.add(String(request.url));
		response.writeHead(403).end();
	});
	server.on('connect', (request, socket, head) => {
		if (request.url !== `${PUBLIC_REGISTRY}:443`) {
			refusedHosts.add(String(request.url));
			socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
			return;
		}
		const registry = connect(registryPort, '127.0.0.1', () => {
			socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
			registry.write(head);
			registry.pipe(socket).pipe(registry);
		});
		joinEnds(socket, registry);
	});
	const { port } = closeWithSuite(await openServer(server));
	return `http://127.0.0.1:${port}`;
}

/** Makes another release of a packed package: the same files under another version. */
export async function asVersion(tarball: string, version: string): Promise<string> {
	const folder = temporaryFolder('release');
	await runCommand('tar', ['-xzf', tarball, '-C', folder], { cwd: folder });
	const packageFolder = join(folder, 'package');
	const path = join(packageFolder, 'package.json');
	const manifest = z
		.object({ version: z.string() })
		.passthrough()
		.parse(JSON.parse(readFileSync(path, 'utf8')));
	writeFileSync(path, JSON.stringify({ ...manifest, version }));
	const release = join(folder, 'release.tgz');
	await runCommand('tar', ['-czf', release, 'package'], { cwd: folder });
	return release;
}
