import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { relativeTargets } from './links';
import { releaseManifest } from './manifest';
import type { ReleaseFacts } from './readiness';

/**
 * Reads the facts of a release from a clone.
 *
 * @param tag the one it is released by; default: the commit's own, if it has one
 */
export function readFacts(root: string, tag?: string): ReleaseFacts {
	const read = (file: string) => readFileSync(join(root, file), 'utf8');
	const targets = relativeTargets(read('README.md'));
	return {
		manifest: releaseManifest.parse(JSON.parse(read('package.json'))),
		changelog: read('CHANGELOG.md'),
		tag: tag ?? releaseTag(root),
		uncommitted: linesOf(root, 'status', '--porcelain').map((line) => line.slice(3)),
		deadLinks: targets.filter((target) => !existsSync(join(root, target))),
	};
}

/** The tag `v…` of the commit that is checked out. */
export function releaseTag(root: string): string | undefined {
	return linesOf(root, 'tag', '--points-at', 'HEAD').find((tag) => /^v\d/.test(tag));
}

function linesOf(root: string, ...args: string[]): string[] {
	return execFileSync('git', args, { cwd: root, encoding: 'utf8' }).split('\n').filter(Boolean);
}
