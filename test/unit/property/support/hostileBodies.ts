import { bareBody, OUTPUT_URL, TASK_ID, wrappedBody } from '../../support/taskBodies';

/** One change to a body: where, counted over all its values, and what is put there. */
export interface Change {
	how: 'replace' | 'remove' | 'rename' | 'add' | 'nest';
	at: number;
	value: number;
}

/** What happens to the text on its way. */
export const DAMAGES = [
	'none',
	'none',
	'none',
	'truncated',
	'duplicateKeys',
	'html',
	'byteOrderMark',
	'latin1',
	'utf16',
	'nul',
	'twice',
	'quoted',
] as const;

export interface BodyPlan {
	base: number;
	changes: Change[];
	damage: (typeof DAMAGES)[number];
	damageAt: number;
}

const succeeded = { status: 'SUCCEEDED', output: [OUTPUT_URL] };

const BASES: object[] = [
	bareBody(succeeded),
	bareBody({ status: 'RUNNING', progress: 0.4 }),
	bareBody({ status: 'FAILED', failure: 'Too dark', failureCode: 'SAFETY.INPUT.TEXT' }),
	wrappedBody({ status: 'SUCCESS', progress: '100%' }, succeeded),
	wrappedBody({
		status: 'SUCCESS',
		fail_reason: OUTPUT_URL,
		result_url: OUTPUT_URL,
		video_url: OUTPUT_URL,
	}),
	wrappedBody({ status: 'IN_PROGRESS', progress: '40%' }, { status: 'RUNNING', progress: 0.4 }),
	wrappedBody({ status: 'FAILURE', fail_reason: 'Too dark' }),
	{
		error: {
			code: 'task_not_exist',
			message: 'task_not_exist (request id: 2026)',
			type: 'comet_api_error',
		},
	},
];

const deep = (open: string, close: string, depth: number) =>
	`${open.repeat(depth)}1${close.repeat(depth)}`;

/** Values as JSON texts: some of them no JavaScript value could be written as. */
const VALUES: string[] = [
	...[
		'null',
		'true',
		'0',
		'-5',
		'1e308',
		'1e999',
		'-1e999',
		'1e-400',
		'12345678901234567890',
		'[]',
		'{}',
		'[[]]',
		'[null]',
		'[{}]',
	],
	...[
		'"NaN"',
		'"9999%"',
		'"-5%"',
		'"1e308%"',
		'"100%"',
		'" "',
		'""',
		'"\\u0000"',
		'"\\ud800"',
		'"constructor"',
		'"__proto__"',
	],
	...[
		'"javascript:alert(1)"',
		'"data:video/mp4;base64,AAAA"',
		'"ftp://cdn.example/a.mp4"',
		'"/a.mp4"',
		'"//cdn.example/a.mp4"',
		'"file:///etc/passwd"',
	],
	...[
		'"https://"',
		'"http://["',
		'"https:cdn.example"',
		'"https://cdn.example:99999/a"',
		'" HTTPS://cdn.example/b.mp4 "',
		'["javascript:1", "data:,"]',
	],
	...[
		'"https://cdn.example/a?_jwt=a.e30.c&Expires=1e99"',
		'"https://cdn.example/a?X-Amz-Date=99999999T999999Z&X-Amz-Expires=1e9"',
	],
	...[
		'"SUCCEEDED"',
		'"success"',
		'"CANCELLED"',
		'"MYSTERY"',
		`"${TASK_ID}"`,
		'"task-of-somebody-else"',
		'{"code":"task_not_exist"}',
		'"task_not_exist"',
	],
	...[
		'{"__proto__":{"polluted":1,"status":"SUCCEEDED"}}',
		'{"constructor":{"prototype":{"polluted":1}}}',
		'{"toString":1,"valueOf":null,"then":1}',
	],
	...[deep('[', ']', 3_000), deep('{"data":', '}', 3_000), deep('{"error":', '}', 500)],
	...[
		`[${'"https://cdn.example/many.mp4",'.repeat(5_000)}1]`,
		`[${'null,'.repeat(20_000)}1]`,
		`"${'x'.repeat(100_000)}"`,
		`"${' '.repeat(50_000)}x"`,
		`"${'1'.repeat(50_000)}"`,
	],
];

const KEYS = [
	'id',
	'task_id',
	'status',
	'progress',
	'output',
	'failure',
	'failureCode',
	'createdAt',
	'fail_reason',
	'submit_time',
	'result_url',
	'video_url',
	'data',
	'error',
	'code',
	'message',
	'__proto__',
	'constructor',
	'toJSON',
	'length',
];

/** The text of a body as the plan has it. */
export function bodyText({ base, changes, damage, damageAt }: BodyPlan): string {
	const raws: string[] = [];
	const root = { body: structuredClone(BASES[base % BASES.length]) as unknown };
	for (const change of changes) applyChange(root, change, raws);
	const text = (JSON.stringify(root.body) ?? '').replace(
		/"@raw(\d+)@"/g,
		(_, index) => raws[Number(index)],
	);
	return damaged(text, damage, damageAt);
}

type Holder = Record<string, unknown>;

function applyChange(root: Holder, { how, at, value }: Change, raws: string[]): void {
	const places = placesIn(root);
	const [holder, key] = places[at % places.length];
	const raw = () => `@raw${raws.push(VALUES[value % VALUES.length]) - 1}@`;
	const own = holder[key];
	switch (how) {
		case 'replace':
			return define(holder, key, raw());
		case 'nest':
			return define(holder, key, value % 2 ? [own] : { data: own });
		case 'add':
			if (typeof own === 'object' && own !== null)
				define(own as Holder, KEYS[at % KEYS.length], raw());
			return;
		case 'rename':
			if (holder !== root) define(holder, KEYS[value % KEYS.length], own);
			if (holder !== root) delete holder[key];
			return;
		case 'remove':
			if (holder !== root) delete holder[key];
	}
}

/** Every value in a body, as [what holds it, under which key]. */
function placesIn(holder: Holder): Array<[Holder, string]> {
	return Object.keys(holder).flatMap((key): Array<[Holder, string]> => {
		const value = holder[key];
		return [
			[holder, key],
			...(typeof value === 'object' && value !== null ? placesIn(value as Holder) : []),
		];
	});
}

/** Sets an own property, whatever its name. */
function define(holder: Holder, key: string, value: unknown): void {
	if (Array.isArray(holder) && key === 'length') return;
	Object.defineProperty(holder, key, {
		value,
		enumerable: true,
		configurable: true,
		writable: true,
	});
}

function damaged(text: string, damage: BodyPlan['damage'], at: number): string {
	switch (damage) {
		case 'none':
			return text;
		case 'truncated':
			return text.slice(0, at % (text.length + 1));
		case 'duplicateKeys':
			return text
				.replace(/^\{/, `{"${KEYS[at % KEYS.length]}":${VALUES[at % VALUES.length]},`)
				.replace(
					/\}$/,
					`,"${KEYS[(at >> 4) % KEYS.length]}":${VALUES[(at >> 4) % VALUES.length]}}`,
				);
		case 'html':
			return `<!DOCTYPE html><html><body>${text}</body></html>`;
		case 'byteOrderMark':
			return `\ufeff${text}`;
		case 'latin1':
			return Buffer.from(text, 'utf8').toString('latin1');
		case 'utf16':
			return Buffer.from(text, 'utf16le').toString('utf8');
		case 'nul':
			return `${text.slice(0, at % (text.length + 1))}\u0000${text.slice(at % (text.length + 1))}`;
		case 'twice':
			return text + text;
		case 'quoted':
			return JSON.stringify(text);
	}
}
