import { z } from 'zod';

/** What of a package.json says who publishes what, and from where. */
export const releaseManifest = z
	.object({
		name: z.string(),
		version: z.string(),
		author: z.object({ name: z.string(), email: z.string() }),
		repository: z.object({ type: z.string(), url: z.string() }).optional(),
	})
	.passthrough();

export type ReleaseManifest = z.infer<typeof releaseManifest>;

/** Where the public repository is. */
export interface Address {
	/** Of its page. */
	web: string;
	/** Of its files as they are, below which a branch or tag and a path follow. */
	raw: string;
}

/** What n8n's scanner accepts as the source of a package (parseSourceRepo), in the form that npm wants. */
const GITHUB = /^git\+https:\/\/github\.com\/([A-Za-z0-9_.-]+)\/([A-Za-z0-9_.-]+?)\.git$/;

/** From package.json's `repository`, the only place that says it; undefined where it is none on GitHub. */
export function addressOf({ repository }: ReleaseManifest): Address | undefined {
	const [, owner, name] = GITHUB.exec(repository?.url ?? '') ?? [];
	if (!owner) return undefined;
	return {
		web: `https://github.com/${owner}/${name}`,
		raw: `https://raw.githubusercontent.com/${owner}/${name}`,
	};
}

/** The tag that a version is released by. */
export function tagOf({ version }: { version: string }): string {
	return `v${version}`;
}
