import './environment';
import { createRequire } from 'node:module';

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

// npm keeps several versions of these two side by side; only n8n-core's own hold its services.
const requireFromCore = createRequire(require.resolve('n8n-core'));
const { Container } = requireFromCore('@n8n/di') as Injection;
const { SecurityConfig } = requireFromCore('@n8n/config') as Settings;

/** The instance of a service that the engine in this process uses. */
export function getService<T>(service: Class<T>): T {
	return Container.get(service);
}

/** The engine's security settings; changes take effect at once. */
export function securitySettings() {
	return Container.get(SecurityConfig);
}
