import { addressOf } from '../../../tools/release/manifest';
import { type ReleaseFacts, whatIsMissing } from '../../../tools/release/readiness';

const MANIFEST = {
	name: 'n8n-nodes-x',
	version: '1.0.0',
	author: { name: 'Ada', email: 'ada@studio.dev' },
	repository: { type: 'git', url: 'git+https://github.com/ada/n8n-nodes-x.git' },
};
const READY: ReleaseFacts = {
	manifest: MANIFEST,
	changelog: '## [1.0.0] - 2026-12-01\n\n- All.',
	tag: 'v1.0.0',
	uncommitted: [],
	deadLinks: [],
};
const by = (name: string, email: string) => ({
	manifest: { ...MANIFEST, author: { name, email } },
});
const at = (url?: string) => ({
	manifest: { ...MANIFEST, repository: url === undefined ? undefined : { type: 'git', url } },
});

it.each<[string, Partial<ReleaseFacts>]>([
	['with everything there', {}],
	['not tagged yet', { tag: undefined }],
])('can go out: %s', (_what, change) => {
	expect(whatIsMissing({ ...READY, ...change })).toEqual([]);
});

it.each<[string, Partial<ReleaseFacts>, RegExp]>([
	['no repository', at(), /does not say where the public repository is/],
	['a repository elsewhere', at('git+https://gitlab.com/ada/x.git'), /does not say where/],
	['a repository by ssh', at('git+ssh://git@github.com/ada/x.git'), /does not say where/],
	['a nameless author', by('', 'ada@studio.dev'), /author is " <ada@studio\.dev>"/],
	['an author without address', by('Ada', ''), /whom nobody can write to/],
	['an author at nobody’s domain', by('Ada', 'a@b-1.example'), /whom nobody can write to/],
	['an author at example.com', by('Ada', 'a@example.com'), /whom nobody can write to/],
	['an untold version', { changelog: '## [Unreleased]\n- All.' }, /no section "## \[1\.0\.0\]/],
	['another tag', { tag: 'v1.0.1' }, /The tag is v1\.0\.1, but package\.json says 1\.0\.0/],
	['changes', { uncommitted: ['README.md'] }, /Not committed: README\.md/],
	['a dead link', { deadLinks: ['docs/gone.md'] }, /links to what is not there: docs\/gone\.md/],
])('can not go out, and says so: %s', (_what, change, expected) => {
	expect(whatIsMissing({ ...READY, ...change })).toEqual([expect.stringMatching(expected)]);
});

it('says everything at once', () => {
	const nothing = { ...at(), changelog: '', tag: 'v2', uncommitted: ['a'], deadLinks: ['b'] };
	expect(whatIsMissing({ ...READY, ...nothing })).toHaveLength(5);
});

it('the addresses follow from package.json', () => {
	expect(addressOf(MANIFEST)).toEqual({
		web: 'https://github.com/ada/n8n-nodes-x',
		raw: 'https://raw.githubusercontent.com/ada/n8n-nodes-x',
	});
});
