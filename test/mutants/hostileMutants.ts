import type { Mutant } from './mutant';

const REACH = 'test/engine/outputReach.test.ts';

/** What answers, hosts and files may do to us. */
export const HOSTILE_MUTANTS: Mutant[] = [
	{
		guard: 'TLS that breaks after the handshake may hide an accepted task',
		file: 'nodes/shared/http/outcome.ts',
		find: 'EPROTO$|ERR_SSL_\\w*ALERT_',
		put: 'EPROTO$|ERR_SSL_|ERR_SSL_\\w*ALERT_',
		tests: ['test/engine/cutAnswers.test.ts'],
	},
	{
		guard: 'a route that is lost under a connection may hide an accepted task',
		file: 'nodes/shared/http/outcome.ts',
		find: "return syscall === 'read' || syscall === 'write';",
		put: "return syscall === 'sent';",
		tests: ['test/unit/http/outcome.network.test.ts'],
	},
	{
		guard: 'a redirect may be what a server says that has accepted the task',
		file: 'nodes/shared/http/outcome.ts',
		find: 'new Set([301, 307, 308])',
		put: 'new Set([301, 302, 303, 307, 308])',
		tests: ['test/engine/forwardThenFail.test.ts'],
	},
	{
		guard: 'an error tells programs which items may have been accepted',
		file: 'nodes/CometApiRunway/submit/batch.ts',
		find: 'submissionUncertain === true ? { submissionUncertain } : {}',
		put: 'submissionUncertain === 1 ? { submissionUncertain } : {}',
		tests: ['test/engine/forwardThenFail.test.ts'],
	},
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
		guard: 'a transfer that stands still is given up, on n8n as on a plain stream',
		file: 'nodes/shared/n8n/media/transfer.ts',
		find: 'breaker.breakOff();',
		put: '',
		tests: ['test/engine/outputStore.test.ts'],
	},
	{
		guard: 'an answer of hundreds of MB is not read',
		file: 'nodes/shared/n8n/answer.ts',
		find: 'if (bytes > MOST_BYTES)',
		put: 'if (bytes < 0)',
		tests: ['test/engine/hugeAnswers.test.ts', 'test/unit/node/searchModels.test.ts'],
	},
	{
		guard: 'an answer that stops in the middle is given up',
		file: 'nodes/shared/n8n/answer.ts',
		find: "timeout.addEventListener('abort', giveUp);",
		put: '',
		tests: ['test/engine/policyGet.test.ts'],
	},
	{
		guard: "an empty answer does not stay in n8n's store",
		file: 'nodes/shared/n8n/media/download.ts',
		find: 'if (head.length === 0)',
		put: 'if (head.length < 0)',
		tests: ['test/engine/outputStore.test.ts'],
	},
	{
		guard: 'a line of the ledger that nobody can read counts as uncertain, not as nothing',
		file: 'nodes/CometApiRunway/submit/ledger.ts',
		find: '.catch(unreadable)',
		put: '.optional().catch(undefined)',
		tests: ['test/unit/stored.test.ts'],
	},
	{
		guard: 'a resumed run that does not know its own page finds it in the ledger',
		file: 'nodes/CometApiRunway/submit/createRun.ts',
		find: '?? pageOfLedger(context, memory) ??',
		put: '??',
		tests: ['test/engine/stored.test.ts'],
	},
];
