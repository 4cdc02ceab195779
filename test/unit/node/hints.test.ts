import { Workflow, type INodeExecutionData, type INodeTypes } from 'n8n-workflow';
import { CometApiRunway } from '../../../nodes/CometApiRunway/CometApiRunway.node';
import { fake } from '../support/fake';

const MB = 1024 * 1024;
const node = new CometApiRunway();

/** The hints that n8n's editor shows, which evaluates their conditions like this (useNodeHelpers, `getNodeHints`). */
function hintsFor(parameters: object, ...bytes: Array<number | undefined>): string[] {
	const workflow = new Workflow({
		active: false,
		connections: {},
		nodeTypes: fake<INodeTypes>({ getByNameAndVersion: () => node }),
		nodes: [
			{
				id: '1',
				name: 'Runway',
				type: 'cometApiRunway',
				typeVersion: 1,
				position: [0, 0],
				parameters: { resource: 'video', operation: 'transform', ...parameters },
			},
		],
	});
	const items = bytes.map<INodeExecutionData>((size) => ({
		json: {},
		...(size !== undefined && {
			binary: { clip: { data: '', mimeType: 'video/mp4', bytes: size } },
		}),
	}));
	const { hints = [] } = node.description;
	return hints.flatMap(({ message, displayCondition = '' }) => {
		const isShown = workflow.expression.getParameterValue(
			displayCondition,
			null,
			0,
			0,
			'Runway',
			items,
			'manual',
			{},
		);
		expect(typeof isShown).toBe('boolean');
		return isShown === true ? [message] : [];
	});
}

const fromField = { videoSource: 'binary', binaryPropertyName: 'clip' };
const dataUri = (characters: number) => ({
	videoUrl: `data:video/mp4;base64,${'A'.repeat(characters)}`,
});

test.each<[string, object, Array<number | undefined>, number]>([
	['a file above 5 MB', fromField, [5 * MB + 1], 1],
	['one of several', fromField, [5, undefined, 6 * MB], 1],
	['none above 5 MB', fromField, [5 * MB, undefined], 0],
	['a field that is not there', { ...fromField, binaryPropertyName: 'other' }, [6 * MB], 0],
	['a large file beside a URL', { videoUrl: 'https://media.example/a.mp4' }, [6 * MB], 0],
	['a data URI above 5 MB', dataUri(7 * MB), [undefined], 1],
	['a small one', dataUri(6 * MB), [undefined], 0],
	[
		'the video of a performance above 5 MB',
		{
			operation: 'perform',
			performanceSource: 'binary',
			performanceBinaryPropertyName: 'clip',
			characterUrl: 'https://media.example/a.png',
		},
		[6 * MB],
		1,
	],
	['a task to read', { resource: 'task', operation: 'get', taskId: 'a' }, [6 * MB], 0],
])('the size of %s', (_what, parameters, bytes, count) => {
	const hints = hintsFor(parameters, ...bytes);
	expect(hints.filter((hint) => hint.includes('a URL is the safe way'))).toHaveLength(count);
});

const model = (value: string) => ({ model: { __rl: true, mode: 'list', value } });

test.each<[string, object, number, number | undefined]>([
	['the usual model', {}, 1_001, 1_000],
	['a prompt that just fits', {}, 1_000, undefined],
	['a model that takes more', model('seedance2'), 3_501, 3_500],
	['what such a model takes', model('seedance2'), 3_500, undefined],
	['a model that takes fewer', { operation: 'generate', ...model('gen3a_turbo') }, 513, 512],
	[
		'the same id on another route',
		{ operation: 'generate', ...model('gen4_aleph') },
		2_000,
		undefined,
	],
	['a model that is not known', model('of-tomorrow'), 50_000, undefined],
	[
		'an image',
		{ resource: 'image', operation: 'generate', ...model('gpt_image_2') },
		32_001,
		32_000,
	],
])('a prompt too long: %s', (_what, parameters, characters, limit) => {
	const hints = hintsFor({ ...parameters, promptText: 'x'.repeat(characters) }, undefined);
	expect(hints.filter((hint) => hint.includes('The prompt is longer'))).toEqual(
		limit === undefined
			? []
			: [expect.stringContaining(`longer than the ${limit} characters that this model takes`)],
	);
});

test.each<[string, object, string[]]>([
	['a create that returns its task', {}, ['CometAPI Runway Wait', 'pin this output']],
	['one that waits', { returnAs: 'file' }, ['pin this output']],
	['reading a task', { resource: 'task', operation: 'get', taskId: 'a' }, []],
])('after %s', (_what, parameters, named) => {
	const shown = hintsFor(parameters, undefined).join();
	const all = ['CometAPI Runway Wait', 'pin this output'];
	expect(all.filter((words) => shown.includes(words))).toEqual(named);
	const next = (node.description.hints ?? []).filter(({ message }) => message.includes('pin this'));
	expect(next.map(({ whenToDisplay }) => whenToDisplay)).toEqual([
		'afterExecution',
		'afterExecution',
	]);
});
