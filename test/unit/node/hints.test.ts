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
])('with %s', (_what, parameters, bytes, count) => {
	const hints = hintsFor(parameters, ...bytes);
	expect(hints).toHaveLength(count);
	for (const hint of hints) expect(hint).toContain('a URL is the safe way');
});
