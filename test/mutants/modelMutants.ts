import type { Mutant } from './mutant';

const BODIES = 'test/unit/node/transformBody.fields.test.ts';

/** What keeps people from paying for what the model does not take. */
export const MODEL_MUTANTS: Mutant[] = [
	{
		guard: 'a field that the model does not take is told before anything is sent',
		file: 'nodes/CometApiRunway/submit/body.ts',
		find: 'if (takes && !limits) throw notTaken',
		put: 'if (takes && !limits && !row) throw notTaken',
		tests: [BODIES],
	},
	{
		guard: "a value beyond the model's limits is told before anything is sent",
		file: 'nodes/CometApiRunway/submit/body.ts',
		find: 'const problem = limits &&',
		put: 'const problem = limits && !takes &&',
		tests: [BODIES],
	},
	{
		guard: 'a field that the model needs is missed before anything is sent',
		file: 'nodes/CometApiRunway/submit/body.ts',
		find: 'if (limits?.required) throw',
		put: 'if (limits?.required && !takes) throw',
		tests: [BODIES],
	},
	{
		guard: "the source goes under the model's name for it",
		file: 'nodes/CometApiRunway/submit/body.ts',
		find: 'takes && row.also && takes[row.also] ? row.also : key',
		put: 'key',
		tests: [BODIES],
	},
	{
		guard: 'the panel shows what the chosen model takes, and nothing else',
		file: 'nodes/CometApiRunway/fields/byModel.ts',
		find: 'if (!isCommon) {',
		put: 'if (!isCommon && !ids) {',
		tests: ['test/unit/models/panel.test.ts'],
	},
	{
		guard: 'an id that is only billed is not offered as a model',
		file: 'nodes/CometApiRunway/models/searchModels.ts',
		find: '!BILLING_ID.test(id) &&',
		put: '',
		tests: ['test/unit/node/searchModels.test.ts'],
	},
	{
		guard: 'an id that comes straight from a create is known to exist',
		file: 'nodes/CometApiRunwayWait/readEntries.ts',
		find: "json.status === 'PENDING'",
		put: "json.status === 'RUNNING'",
		tests: ['test/unit/node/readEntries.test.ts'],
	},
];
