import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from '../../../tools/n8n/command';
import { repositoryRoot } from '../../../tools/n8n/paths';

const PAGE = join(repositoryRoot, 'docs', 'install.md');

/** The blocks of commands below a heading of docs/install.md, word for word. */
export function documentedCommands(heading: string): string[] {
	return blocksBelow(heading, 'sh');
}

/** What docs/install.md has to be typed in below a heading. */
export function documentedInput(heading: string): string {
	const [text, ...more] = blocksBelow(heading, '');
	assert.deepEqual(more, []);
	return text;
}

function blocksBelow(heading: string, language: string): string[] {
	const section = readFileSync(PAGE, 'utf8')
		.split(/^## /m)
		.find((text) => text.startsWith(`${heading}\n`));
	assert.ok(section, `${PAGE} has no section "${heading}"`);
	const blocks = section.matchAll(/^```(\w*)\n([\s\S]*?)\n```$/gm);
	return [...blocks].filter((block) => block[1] === language).map((block) => block[2]);
}

/** Runs a block of commands as a user would who is in `cwd` and whose home is another; it ends at the first that fails. */
export async function follow(
	commands: string,
	{ cwd, home, env = {} }: { cwd: string; home: string; env?: Record<string, string> },
): Promise<void> {
	await runCommand('sh', ['-ec', commands], {
		cwd,
		env: { HOME: home, N8N_USER_FOLDER: undefined, ...env },
	});
}
