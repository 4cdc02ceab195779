import type { Mutant } from './mutant';

const REACH = 'test/engine/outputReach.test.ts';

/** What answers, hosts and files may do to us. */
export const HOSTILE_MUTANTS: Mutant[] = [
	{
		guard: 'outputs at private addresses are not asked for',
		file: 'nodes/shared/n8n/media/requestOutput.ts',
		find: 'if (what !== undefined)',
		put: 'if (what !== undefined && redirects < 0)',
		tests: [REACH],
	},
	{
		guard: 'redirects of outputs are looked at, too',
		file: 'nodes/shared/n8n/media/requestOutput.ts',
		find: 'disableFollowRedirect: true',
		put: 'disableFollowRedirect: false',
		tests: [REACH],
	},
	{
		guard: 'IPv4 in the clothes of IPv6 is looked at as what it is',
		file: 'nodes/shared/http/reach.ts',
		find: 'if (!carrier) return undefined;',
		put: 'if (!carrier || address > 0n) return undefined;',
		tests: ['test/unit/http/reach.test.ts'],
	},
	{
		guard: "a file that breaks off does not stay in n8n's store",
		file: 'nodes/shared/n8n/media/transfer.ts',
		find: 'if (body.readableAborted || !isWhole(count))',
		put: 'if (count.bytes < 0)',
		tests: ['test/unit/n8n/download.test.ts'],
	},
	{
		guard: "an empty answer does not stay in n8n's store",
		file: 'nodes/shared/n8n/media/download.ts',
		find: 'if (head.length === 0)',
		put: 'if (head.length < 0)',
		tests: ['test/engine/outputStore.test.ts'],
	},
];
