import './environment';
import { createRequire } from 'node:module';
import { examine, examineObject } from '../canary';

type Class<T> = abstract new (...args: never[]) => T;

/** n8n's dependency injection, as far as it is used here. */
interface Injection {
	Container: { get<T>(service: Class<T>): T };
}

/** The part of n8n's settings that decides which files nodes may touch. */
interface Settings {
	SecurityConfig: Class<{
		/** Folders, separated by semicolons. */
		restrictFileAccessTo: string;
	}>;
}

const LOG_LEVELS = ['debug', 'info', 'warn', 'error'] as const;

type LogLevel = (typeof LOG_LEVELS)[number];

type Log = (message: string, metadata?: object) => void;

/** n8n's logger; nodes write to it with `this.logger`. */
interface Logging {
	Logger: Class<Record<LogLevel, Log>>;
}

// npm keeps several versions of these side by side; only n8n-core's own hold its services.
const requireFromCore = createRequire(require.resolve('n8n-core'));
const { Container } = requireFromCore('@n8n/di') as Injection;
const { SecurityConfig } = requireFromCore('@n8n/config') as Settings;
const { Logger } = requireFromCore('@n8n/backend-common') as Logging;

/** The instance of a service that the engine in this process uses. */
export function getService<T>(service: Class<T>): T {
	return Container.get(service);
}

/** The engine's security settings; changes take effect at once. */
export function securitySettings() {
	return Container.get(SecurityConfig);
}

/** Hands every line of n8n's log, the engine's and the nodes', to a listener instead of the log. */
export function listenToLog(
	listener: (level: LogLevel, message: string, metadata: object) => void,
): void {
	const logger = Container.get(Logger);
	for (const level of LOG_LEVELS) {
		logger[level] = (message, metadata = {}) => {
			examineLine(level, message, metadata);
			listener(level, message, metadata);
		};
	}
}

/** Every line of the log is looked into, whether it is printed or not. */
for (const level of LOG_LEVELS) {
	const prototype = Logger.prototype as Record<LogLevel, Log>;
	const log = prototype[level];
	prototype[level] = function (this: unknown, message, metadata) {
		examineLine(level, message, metadata);
		log.call(this, message, metadata);
	};
}

function examineLine(level: LogLevel, message: string, metadata: object = {}): void {
	const where = `a line of n8n's log (${level})`;
	examine(where, message);
	examineObject(where, metadata);
}
