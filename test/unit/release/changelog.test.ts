import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import lock from '../../../package-lock.json';
import { version } from '../../../package.json';
import { disagreements, missingInChangelog } from '../../../tools/release/changelog';
import { releaseTag } from '../../../tools/release/facts';

const ROOT = join(__dirname, '../../..');
const log = (...sections: string[]) => ['# Changelog', '', 'Words.', ...sections].join('\n');
const UNRELEASED = '## [Unreleased]\n\n### Added\n\n- That.\n';
const RELEASED = '## [1.1.0] - 2026-12-01\n\n### Added\n\n- This.\n';
const EARLIER = '## [1.0.0] - 2026-11-01\n\n- All of it.\n';

it.each([
	['told of', log(RELEASED, EARLIER), []],
	['told of, with an empty Unreleased', log('## [Unreleased]\n', RELEASED), []],
	['not there', log(UNRELEASED, EARLIER), [/no section "## \[1\.1\.0\] - YYYY-MM-DD"/]],
	['nothing at all', '', [/no section/]],
	['undated', log('## [1.1.0]\n\n- This.'), [/no date for 1\.1\.0/]],
	['dated in words', log('## [1.1.0] - unreleased\n\n- This.'), [/no section/]],
	['empty', log('## [1.1.0] - 2026-12-01', EARLIER), [/says nothing below/]],
	['only partly', log(UNRELEASED, RELEASED), [/entries in "\[Unreleased\]"/]],
])('a version to be released: %s', (_what, changelog, expected) => {
	expect(missingInChangelog(changelog, '1.1.0')).toEqual(
		expected.map((text) => expect.stringMatching(text)),
	);
});

it.each([
	['just released', log(RELEASED, EARLIER), undefined, []],
	['tagged', log(RELEASED, EARLIER), 'v1.1.0', []],
	['under way', log(UNRELEASED, EARLIER), undefined, []],
	['the changelog is behind', log(EARLIER), undefined, [/1\.1\.0, CHANGELOG\.md 1\.0\.0/]],
	['an empty Unreleased', log('## [Unreleased]', EARLIER), undefined, [/CHANGELOG\.md 1\.0\.0/]],
	['no changelog', '', undefined, [/CHANGELOG\.md nothing/]],
	['another tag', log(RELEASED), 'v1.0.9', [/1\.1\.0, the tag v1\.0\.9/]],
	['a tag without v', log(RELEASED), '1.1.0', [/the tag 1\.1\.0/]],
	['tagged before it is told of', log(UNRELEASED), 'v1.1.0', [/no section/]],
])('package.json, changelog and tag: %s', (_what, changelog, tag, expected) => {
	expect(disagreements(changelog, '1.1.0', tag)).toEqual(
		expected.map((text) => expect.stringMatching(text)),
	);
});

it("this repository's agree, with its lockfile and, on a tag, with that", () => {
	const changelog = readFileSync(join(ROOT, 'CHANGELOG.md'), 'utf8');
	expect(disagreements(changelog, version, releaseTag(ROOT))).toEqual([]);
	expect([lock.version, lock.packages[''].version]).toEqual([version, version]);
});
