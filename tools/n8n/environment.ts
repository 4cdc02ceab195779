import { join } from 'node:path';
import { pathWithThisNode } from './paths';
import { n8nHasModule } from './version';

/** Modules of n8n that would ask a server on the internet at every start. */
const MODULES_THAT_CALL_HOME = ['mcp-registry', 'instance-reporting'];

export interface EnvironmentOptions {
	userFolder: string;
	port: number;
	/** Where n8n's own task runner connects to it: two n8n on one machine need two of them. */
	brokerPort: number;
	/** Of the n8n that it is for; default: the usual one. */
	installation?: string;
	env?: Record<string, string | undefined>;
}

/**
 * The whole environment of an n8n process. Nothing is inherited but the PATH and the time zone: an n8n or a proxy
 * configured on this machine must not reach into the tests.
 */
export function n8nEnvironment({
	userFolder,
	port,
	brokerPort,
	installation,
	env = {},
}: EnvironmentOptions): NodeJS.ProcessEnv {
	return {
		PATH: pathWithThisNode,
		HOME: userFolder,
		TZ: process.env.TZ,
		N8N_USER_FOLDER: userFolder,
		N8N_HOST: '127.0.0.1',
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_PORT: String(port),
		N8N_RUNNERS_BROKER_PORT: String(brokerPort),
		N8N_RUNNERS_BROKER_LISTEN_ADDRESS: '127.0.0.1',
		N8N_SECURE_COOKIE: 'false',
		N8N_RESTRICT_FILE_ACCESS_TO: join(userFolder, 'files'),
		// The harness looks for a line of this level to know when n8n has started.
		N8N_LOG_LEVEL: 'info',
		// Seconds that a graceful stop waits for running executions.
		N8N_GRACEFUL_SHUTDOWN_TIMEOUT: '10',
		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_DYNAMIC_BANNERS_ENABLED: 'false',
		N8N_TEMPLATES_ENABLED: 'false',
		N8N_VERIFIED_PACKAGES_ENABLED: 'false',
		N8N_DISABLED_MODULES: MODULES_THAT_CALL_HOME.filter((name) =>
			n8nHasModule(name, installation),
		).join(','),
		...env,
	};
}
