import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { n8nInstallation } from './paths';

const packageIn = (installation: string) => join(installation, 'node_modules', 'n8n');

/** Major version of the n8n that is installed. */
export function n8nMajorVersion(installation = n8nInstallation): number {
	const path = join(packageIn(installation), 'package.json');
	const manifest: unknown = JSON.parse(readFileSync(path, 'utf8'));
	const { version } = z.object({ version: z.string().regex(/^\d+\./) }).parse(manifest);
	return Number.parseInt(version, 10);
}

/** Whether that n8n has a module, such as `mcp-registry`: the environment may name no others. */
export function n8nHasModule(name: string, installation = n8nInstallation): boolean {
	return ['', '.ee'].some((suffix) =>
		existsSync(join(packageIn(installation), 'dist', 'modules', name + suffix)),
	);
}

/** Whether it registers triggers after it has answered, and tells how far it is; older ones answer when it is done. */
export function n8nPublishesLater(installation = n8nInstallation): boolean {
	const service = ['publication', 'workflow-publication-status.service.js'];
	return existsSync(join(packageIn(installation), 'dist', 'workflows', ...service));
}
