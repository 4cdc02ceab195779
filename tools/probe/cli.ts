import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { probe, type ProbeOptions } from '.';
import { paidOrder } from './paidOrder';
import { readOrExplain } from '../readOrExplain';

const USAGE = `Usage: COMETAPI_KEY=sk-… npm run probe -- [--base-url https://api.cometapi.com] [--report probe-report.md]
         [--paid <model> …] [--video <https URL>] [--image <https URL>]

  Asks CometAPI which of our assumptions about it hold: what costs nothing and, only with --paid, one task
  for each model given, which is paid for.

  --base-url  another gateway, or the simulator
  --report    where the report goes
  --paid      a model, or route/model; may be given several times
  --video     the clip that paid tasks work on
  --image     the image that paid tasks work on`;

const EXIT_FAILED = 1;
const POLL_MS = 6_000;
const TIMEOUT_MS = 30 * 60_000;
const SECOND_THOUGHT_MS = 5_000;

interface Arguments {
	options: ProbeOptions;
	reportPath: string;
}

/** @throws {Error} whose message says which argument is wrong */
function readArguments(): Arguments {
	const { values } = parseArgs({
		options: {
			'base-url': { type: 'string', default: 'https://api.cometapi.com' },
			report: { type: 'string', default: 'probe-report.md' },
			paid: { type: 'string', multiple: true, default: [] },
			video: { type: 'string' },
			image: { type: 'string' },
		},
	});
	const apiKey = process.env.COMETAPI_KEY?.trim();
	if (!apiKey) throw new Error('COMETAPI_KEY is not set: the probe needs a key to ask with');
	const baseUrl = values['base-url'].replace(/\/+$/, '');
	if (!/^https?:$/.test(URL.canParse(baseUrl) ? new URL(baseUrl).protocol : '')) {
		throw new Error(`--base-url must be a URL, not "${values['base-url']}"`);
	}
	const { video: videoUrl, image: imageUrl } = values;
	const orders = values.paid.map((model) => paidOrder({ model, videoUrl, imageUrl }));
	const options: ProbeOptions = {
		baseUrl,
		apiKey,
		orders,
		pollMs: POLL_MS,
		timeoutMs: TIMEOUT_MS,
		secondThoughtMs: SECOND_THOUGHT_MS,
		save: (report) => writeFileSync(values.report, report),
		print: (line) => console.log(line),
		progress: (line) => console.error(`… ${line}`),
	};
	return { options, reportPath: values.report };
}

async function run({ options, reportPath }: Arguments): Promise<void> {
	await probe(options);
	console.log(`\n${reportPath} has it all, without the key: fit to be pasted into an issue.`);
}

function main(): void {
	const asked = readOrExplain(readArguments, USAGE);
	if (!asked) return;
	run(asked.given).catch((error: Error) => {
		console.error(`The probe could not go on: ${error.message}`);
		process.exitCode = EXIT_FAILED;
	});
}

main();
