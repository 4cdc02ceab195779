import type { N8nSession } from './http';

/** A community package as *Settings → Community nodes* shows it. */
export interface CommunityPackage {
	packageName: string;
	installedVersion: string;
	installedNodes: Array<{ name: string; type: string; latestVersion: number }>;
	failedLoading?: boolean;
	updateAvailable?: string;
}

const PATH = '/community-packages';

/** *Settings → Community nodes* of an n8n: what its owner sees and presses there. */
export class CommunityApi {
	constructor(private readonly session: N8nSession) {}

	async list(): Promise<CommunityPackage[]> {
		return await this.session.rest('GET', PATH);
	}

	async install(name: string): Promise<CommunityPackage> {
		return await this.session.rest('POST', PATH, { name });
	}

	async update(name: string): Promise<CommunityPackage> {
		return await this.session.rest('PATCH', PATH, { name });
	}

	async uninstall(name: string): Promise<void> {
		await this.session.send('DELETE', `/rest${PATH}?name=${encodeURIComponent(name)}`);
	}
}
