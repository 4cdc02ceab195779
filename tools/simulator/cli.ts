import { parseArgs } from 'node:util';
import { DEFAULT_API_KEY, startSimulator, type Simulator, type SimulatorOptions } from '.';
import { PROMPT_WORDS } from './promptWords';
import { readOrExplain } from '../readOrExplain';

const USAGE = `Usage: npm run simulator -- [--port 4010] [--speed 1] [--key ${DEFAULT_API_KEY}] [--quiet]

  --port   port of the API, 0 for a free one
  --speed  simulated ms per real ms: 10 makes tasks ten times as fast
  --key    the only API key that is accepted
  --quiet  print no line per request`;

const EXIT_FAILED = 1;

/** @throws {Error} whose message says which argument is wrong */
function readArguments(): SimulatorOptions {
	const { values } = parseArgs({
		options: {
			port: { type: 'string', default: '4010' },
			speed: { type: 'string', default: '1' },
			key: { type: 'string', default: DEFAULT_API_KEY },
			quiet: { type: 'boolean', default: false },
		},
	});
	const port = Number(values.port);
	if (!/^\d+$/.test(values.port) || port > 65535) {
		throw new Error(`--port must be a number from 0 to 65535, not "${values.port}"`);
	}
	const speed = Number(values.speed);
	if (!(speed > 0 && Number.isFinite(speed))) {
		throw new Error(`--speed must be a number above 0, not "${values.speed}"`);
	}
	if (!/^\S+$/.test(values.key)) throw new Error('--key must have no spaces and not be empty');
	return { port, speed, apiKey: values.key, log: values.quiet ? undefined : console.log };
}

function greeting({ baseUrl }: Simulator, { apiKey, speed }: SimulatorOptions): string {
	const words = PROMPT_WORDS.map(({ word, meaning }) => `  ${word.padEnd(22)} ${meaning}`);
	return [
		`A simulated CometAPI listens on ${baseUrl} (speed ${speed})`,
		'',
		`In n8n's CometAPI Runway credential:  API Key ${apiKey}  Base URL ${baseUrl}`,
		`In Runway's SDK:                      apiKey '${apiKey}', baseURL '${baseUrl}/runwayml'`,
		'',
		'Words in the prompt that change how a task goes:',
		...words,
		'',
		'Ctrl-C ends it.',
		'',
	].join('\n');
}

async function run(options: SimulatorOptions): Promise<void> {
	const simulator = await startSimulator(options);
	console.log(greeting(simulator, options));
	for (const signal of ['SIGINT', 'SIGTERM'] as const) {
		process.once(signal, () => void simulator.close());
	}
}

function main(): void {
	const asked = readOrExplain(readArguments, USAGE);
	if (!asked) return;
	run(asked.given).catch((error: Error) => {
		console.error(`The simulator could not start: ${error.message}`);
		process.exitCode = EXIT_FAILED;
	});
}

main();
