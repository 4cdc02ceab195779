import { z } from 'zod';
import type { N8nSession } from './http';

/** A community package as *Settings → Community nodes* shows it. */
const communityPackage = z.object({
	packageName: z.string(),
	installedVersion: z.string(),
	installedNodes: z.array(z.object({ name: z.string(), type: z.string() })),
	failedLoading: z.boolean().optional(),
});

type CommunityPackage = z.infer<typeof communityPackage>;

const PATH = '/community-packages';

/** *Settings → Community nodes* of an n8n: what its owner sees and presses there. */
export class CommunityApi {
	constructor(private readonly session: N8nSession) {}

	async list(): Promise<CommunityPackage[]> {
		return await this.session.rest('GET', PATH, z.array(communityPackage));
	}

	async install(name: string): Promise<CommunityPackage> {
		return await this.session.rest('POST', PATH, communityPackage, { name });
	}

	async update(name: string): Promise<CommunityPackage> {
		return await this.session.rest('PATCH', PATH, communityPackage, { name });
	}

	async uninstall(name: string): Promise<void> {
		await this.session.send('DELETE', `/rest${PATH}?name=${encodeURIComponent(name)}`);
	}
}
