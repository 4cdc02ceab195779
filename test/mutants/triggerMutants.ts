import type { Mutant } from './mutant';

/** The guards of the trigger. */
export const TRIGGER_MUTANTS: Mutant[] = [
	{
		guard: "the trigger's memory is assigned, so that n8n saves it",
		file: 'nodes/CometApiRunwayTrigger/seenTasks.ts',
		find: 'this.staticData[this.key] = { tasks };',
		put: 'Object.assign((this.staticData[this.key] ??= {}) as object, { tasks });',
		tests: ['test/unit/node/seenTasks.test.ts'],
	},
	{
		guard: 'the trigger starts one execution for each task',
		file: 'nodes/CometApiRunwayTrigger/finding.ts',
		find: '{ ...noted, done: true }',
		put: 'noted',
		tests: ['test/engine/trigger.test.ts'],
	},
	{
		guard: 'the trigger starts one execution for each download',
		file: 'nodes/CometApiRunwayTrigger/downloads.ts',
		find: '{ ...noted, done: true }',
		put: 'noted',
		tests: ['test/engine/triggerDownload.test.ts'],
	},
	{
		guard: 'the trigger has noted all tasks when the first execution starts',
		file: 'nodes/CometApiRunwayTrigger/pollTasks.ts',
		find: 'for (const finding of findings) handOver(context, finding);',
		put: 'for (const finding of findings) { seen.note(finding.noted); handOver(context, finding); }',
		tests: ['test/engine/trigger.test.ts'],
	},
	{
		guard: 'the trigger knows what other activations of the process have noted',
		file: 'nodes/CometApiRunwayTrigger/desk.ts',
		find: 'desks.set(key, desk);',
		put: '',
		tests: ['test/engine/trigger.test.ts'],
	},
	{
		guard: 'the trigger leaves a task alone whose output is being downloaded',
		file: 'nodes/CometApiRunwayTrigger/pollTasks.ts',
		find: 'desk.atWork.add(toDownload.taskId);',
		put: '',
		tests: ['test/engine/triggerDownload.test.ts'],
	},
	{
		guard: 'the trigger looks up no word that can be no id',
		file: 'nodes/CometApiRunwayTrigger/listedIds.ts',
		find: 'const ids = words.filter(canBeId);',
		put: 'const ids = words;',
		tests: ['test/engine/trigger.test.ts'],
	},
];
