import { missingInChangelog } from './changelog';
import { type Address, addressOf, type ReleaseManifest, tagOf } from './manifest';

/** All that decides whether a release can go out. */
export interface ReleaseFacts {
	manifest: ReleaseManifest;
	changelog: string;
	/** The tag it is released by; undefined where it is not tagged yet. */
	tag?: string;
	/** Files that are not as they are committed. */
	uncommitted: string[];
	/** What README.md links to or shows, but is not there. */
	deadLinks: string[];
}

/** Domains that nobody can have: https://www.rfc-editor.org/rfc/rfc2606. */
const NOBODYS_DOMAIN = /(?:[@.])(?:example|test|invalid|localhost|example\.(?:com|net|org))$/i;

const NO_ADDRESS =
	'package.json does not say where the public repository is, which npm and n8n ask for: ' +
	'"repository": { "type": "git", "url": "git+https://github.com/OWNER/NAME.git" }. All other addresses follow from it';

/** In words, one sentence for each; empty when the release can go out. */
export function whatIsMissing(facts: ReleaseFacts): string[] {
	const { manifest, changelog, tag, uncommitted, deadLinks } = facts;
	const { version, author } = manifest;
	const missing: string[] = [];
	if (!addressOf(manifest)) missing.push(NO_ADDRESS);
	if (!author.name || !author.email.includes('@') || NOBODYS_DOMAIN.test(author.email))
		missing.push(
			`package.json's author is "${author.name} <${author.email}>", whom nobody can write to: name who publishes it, as on npm and GitHub`,
		);
	missing.push(...missingInChangelog(changelog, version));
	if (tag !== undefined && tag !== tagOf(manifest))
		missing.push(`The tag is ${tag}, but package.json says ${version}`);
	if (uncommitted.length > 0) missing.push(`Not committed: ${uncommitted.join(', ')}`);
	if (deadLinks.length > 0)
		missing.push(`README.md links to what is not there: ${deadLinks.join(', ')}`);
	return missing;
}

/** @throws {Error} where package.json does not say where the repository is */
export function knownAddress(manifest: ReleaseManifest): Address {
	const address = addressOf(manifest);
	if (!address) throw new Error(NO_ADDRESS);
	return address;
}
