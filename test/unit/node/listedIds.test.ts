import { TRIGGER_INPUT } from '../../../nodes/CometApiRunwayTrigger/listedIds';
import { parseInput } from '../../../nodes/shared/n8n/input';

const listed = (taskIds: unknown) => parseInput(TRIGGER_INPUT, { taskIds }).taskIds;

test.each<[string, unknown]>([
	['a UUID, as Runway has them', '12a01a5e-ab55-4aa7-b002-7b873546cf76'],
	['a UUID without hyphens', '12a01a5eab554aa7b0027b873546cf76'],
	['a UUID that happens to have no digit', 'aaaaaaaa-abab-caca-baba-abcdefabcdef'],
	['a prefix and letters', 'task_abcdefghijkl'],
	['a prefix, a date and a word', 'cgt-20260313095246-abcde'],
	['base64, without its slash', 'dGFzay05OTk+Pz8='],
	['what another gateway has put together', 'runway:task.12~3'],
	['a number as text', '9000001'],
	['a number', 9000001],
	['a single digit', '7'],
	['ten letters', 'xkcdqwerty'],
])('%s can be an id', (_what, id) => {
	expect(listed(id)).toEqual({ ids: [String(id)], wrongWords: [] });
});

test.each([
	'task',
	'undefined',
	'null',
	'NaN',
	'.',
	'..',
	'placeholder!',
	'https://api.cometapi.com/runwayml/v1/tasks/12a01a5e-ab55-4aa7-b002-7b873546cf76',
	'"12a01a5e-ab55-4aa7-b002-7b873546cf76"',
	'{{ $json.taskId }}',
	'{{$json.taskId}}',
	'Aufgäbchen12',
	'video/mp4',
])('%s can be no id', (word) => {
	expect(listed(`id-1 ${word}`)).toEqual({ ids: ['id-1'], wrongWords: [word] });
});

test.each<[string, unknown, string[], string[]]>([
	[
		'commas, semicolons, blanks and line breaks',
		'a1,b2;c3 d4\n\te5\r\n',
		['a1', 'b2', 'c3', 'd4', 'e5'],
		[],
	],
	['repeats', 'a1 my b2 a1 my', ['a1', 'b2'], ['my']],
	[
		'a list with lists in its texts, and gaps',
		['a1, b2', null, undefined, '', 3],
		['a1', 'b2', '3'],
		[],
	],
	['objects', [{ taskId: 'a1' }, 'b2'], ['b2'], ['{"taskId":"a1"}']],
	['an object as text', 'a1 [object Object]', ['a1'], ['[object', 'Object]']],
	['truth', [true, 'a1'], ['a1'], ['true']],
	['what is far too long', `a1 ${'9'.repeat(300)}`, ['a1'], [`${'9'.repeat(100)}…`]],
])('a list is taken apart: %s', (_what, list, ids, wrongWords) => {
	expect(listed(list)).toEqual({ ids, wrongWords });
});

test.each<[unknown, string]>([
	['', 'Task IDs is empty'],
	[' ,\n', 'Task IDs is empty'],
	[undefined, 'Task IDs is empty'],
	[[], 'Task IDs is empty'],
	['word', 'Task IDs holds "word", which can be no id'],
	[
		'a b c d e f g h i j k l',
		'Task IDs holds "a", "b", "c", "d", "e", "f", "g", "h", "i", "j", 2 more, which can be no ids',
	],
])('a list without any id is refused: %j', (list, message) => {
	expect(() => listed(list)).toThrow(message);
});
