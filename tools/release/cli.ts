import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { builtPackage } from '../install/builtPackage';
import { readFacts } from './facts';
import { tagOf } from './manifest';
import { whatIsMissing } from './readiness';
import { stageRelease } from './stageRelease';
import { readOrExplain } from '../readOrExplain';

const USAGE = `Usage: npm run release:check -- [--root .] [--tag v1.2.3]
       npm run release:pack -- [--root .] [--into release]

  check   says what is still missing before this version can be published
  pack    lays the package out as it is published, for npm publish

  --root  another clone than this one
  --tag   the tag it is released by; default: the commit's own
  --into  the folder for that`;

const EXIT_FAILED = 1;

/** @throws {Error} whose message says which argument is wrong */
function readArguments() {
	const { values, positionals } = parseArgs({
		allowPositionals: true,
		options: {
			root: { type: 'string', default: join(__dirname, '..', '..') },
			tag: { type: 'string' },
			into: { type: 'string', default: 'release' },
		},
	});
	const [command, ...more] = positionals;
	if (!['check', 'pack'].includes(command) || more.length > 0)
		throw new Error(`check or pack, not "${positionals.join(' ')}"`);
	return { ...values, command };
}

function check(root: string, tag?: string): void {
	const facts = readFacts(root, tag);
	const { name, version } = facts.manifest;
	const missing = whatIsMissing(facts);
	if (missing.length > 0) {
		console.error(`${name} ${version} can't be published yet:\n`);
		for (const sentence of missing) console.error(`- ${sentence}.`);
		process.exitCode = EXIT_FAILED;
		return;
	}
	const next = tagOf(facts.manifest);
	console.log(`${name} ${version} is ready to be published.`);
	if (!facts.tag)
		console.log(`It is published by its tag: git tag ${next} && git push origin ${next}`);
}

function pack(root: string, into: string): void {
	const built = builtPackage(root);
	stageRelease(built, into);
	console.log(`${built.name} ${built.version}, as it is published: ${into}`);
}

function main(): void {
	const asked = readOrExplain(readArguments, USAGE);
	if (!asked) return;
	const { command, root, tag, into } = asked.given;
	try {
		if (command === 'check') check(root, tag);
		else pack(root, into);
	} catch (error) {
		console.error(error instanceof Error ? error.message : String(error));
		process.exitCode = EXIT_FAILED;
	}
}

main();
