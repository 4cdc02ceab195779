import { tagOf } from './manifest';

/** A version in a changelog that keeps to https://keepachangelog.com. */
interface Section {
	/** `Unreleased`, or a version. */
	title: string;
	/** The day of the release, as YYYY-MM-DD. */
	date?: string;
	text: string;
}

const HEADING = /^## \[([^\]]+)\](?: - (\d{4}-\d{2}-\d{2}))?[ \t]*$/m;
const UNRELEASED = 'Unreleased';

function sectionsOf(changelog: string): Section[] {
	const [, ...parts] = changelog.split(HEADING);
	const sections: Section[] = [];
	for (let index = 0; index < parts.length; index += 3) {
		const [title, date, text] = parts.slice(index, index + 3);
		sections.push({ title, date, text: text.trim() });
	}
	return sections;
}

/** Why a changelog does not tell of a version as released; empty when it does. */
export function missingInChangelog(changelog: string, version: string): string[] {
	const sections = sectionsOf(changelog);
	const released = sections.find(({ title }) => title === version);
	const heading = `"## [${version}] - YYYY-MM-DD"`;
	if (!released)
		return [
			`CHANGELOG.md has no section ${heading}: make "[${UNRELEASED}]" that, with today's date`,
		];
	const missing: string[] = [];
	if (!released.date) missing.push(`CHANGELOG.md has no date for ${version}: write ${heading}`);
	if (!released.text) missing.push(`CHANGELOG.md says nothing below ${heading}`);
	if (sections.some(({ title, text }) => title === UNRELEASED && text))
		missing.push(`CHANGELOG.md has entries in "[${UNRELEASED}]": they belong to ${version}`);
	return missing;
}

/**
 * What contradicts itself, at any time: the changelog's newest version is another than package.json's, though nothing
 * unreleased is told of, or the tag is another one.
 */
export function disagreements(changelog: string, version: string, tag?: string): string[] {
	const found: string[] = [];
	const [newest] = sectionsOf(changelog).filter(({ title, text }) => title !== UNRELEASED || text);
	if (newest?.title !== version && newest?.title !== UNRELEASED)
		found.push(`package.json says ${version}, CHANGELOG.md ${newest?.title ?? 'nothing'}`);
	if (tag === undefined) return found;
	if (tag !== tagOf({ version })) found.push(`package.json says ${version}, the tag ${tag}`);
	return [...found, ...missingInChangelog(changelog, version)];
}
