import { posix } from 'node:path';
import type { Address } from './manifest';

/** Code is left as it is. */
const CODE = /(^```[\s\S]*?^```|`[^`\n]*`)/m;
/** Where Markdown names a target: `](target)`, `[name]: target`, and HTML's attributes. */
const TARGETS = [
	/(\]\()([^()\s]+)((?:\s+"[^"]*")?\))/g,
	/(^\[[^\]]+\]:\s*)(\S+)()/gm,
	/(\b(?:src|href)=")([^"]+)(")/g,
];
const ABSOLUTE = /^(?:[a-z][a-z0-9+.-]*:|#|\/\/)/i;
/** GitHub shows a page around a picture, unless it is asked for the file as it is. */
const PICTURE = /\.(?:png|svg|gif|jpe?g|webp)$/i;

function mapRelativeTargets(markdown: string, map: (target: string) => string): string {
	const inText = (text: string) =>
		TARGETS.reduce(
			(mapped, pattern) =>
				mapped.replace(pattern, (all: string, before: string, target: string, after: string) =>
					ABSOLUTE.test(target) ? all : before + map(target) + after,
				),
			text,
		);
	// The pieces in between are code, because the expression captures it.
	return markdown
		.split(CODE)
		.map((piece, index) => (index % 2 === 0 ? inText(piece) : piece))
		.join('');
}

/** What a page links to or shows beside itself, each with its #section, as the page names it. */
export function relativeLinks(markdown: string): string[] {
	const targets: string[] = [];
	mapRelativeTargets(markdown, (target) => {
		targets.push(target);
		return target;
	});
	return targets;
}

/** The same without the #section: files and folders. */
export const relativeTargets = (markdown: string): string[] =>
	relativeLinks(markdown).map((target) => target.split('#')[0]);

/** A page at the repository's top, with its links and pictures as they work elsewhere: those of one tag. */
export function absoluteLinks(markdown: string, { web, raw }: Address, tag: string): string {
	return mapRelativeTargets(markdown, (target) => {
		const path = posix.normalize(target);
		if (PICTURE.test(path)) return `${raw}/${tag}/${path}`;
		return `${web}/${path.endsWith('/') ? 'tree' : 'blob'}/${tag}/${path}`;
	});
}
