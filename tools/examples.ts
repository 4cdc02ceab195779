import { copyFileSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseWorkflow, type WorkflowJson } from './engine/workflowJson';
import type { ScenarioRule } from './simulator';

/** Examples that are shipped with the package. */
const folder = resolve(__dirname, '..', 'examples');

/** Where the examples read and write, as their Settings say. */
const DOCUMENTED_FOLDER = '/home/node/.n8n-files';

/** The files that their Settings name, and what is put in their places. */
const MEDIA = {
	'clip.mp4': 'source.mp4',
	'large-clip.mp4': 'source.mp4',
	'character.png': 'character.png',
};

/** picture-to-clip.json hands a URL on, which has to be one as CometAPI's are: https, with a domain name. */
export const PUBLIC_PICTURE: ScenarioRule = {
	promptIncludes: '@character',
	scenario: { outputOrigin: 'https://outputs.example.com' },
};

/** The names of their files, in alphabetical order. */
export const exampleFiles = (): string[] =>
	readdirSync(folder).filter((name) => name.endsWith('.json'));

/** An example as it is shipped, but for the folder that its files are in. */
export function readExample(file: string, filesFolder: string): WorkflowJson & { name: string } {
	const json = readFileSync(join(folder, file), 'utf8');
	return parseWorkflow(json.replaceAll(DOCUMENTED_FOLDER, filesFolder));
}

export const exampleMedia = (file: string): string => join(folder, 'media', file);

/** Puts the files there that the examples read. */
export function placeExampleMedia(filesFolder: string): void {
	for (const [name, file] of Object.entries(MEDIA))
		copyFileSync(exampleMedia(file), join(filesFolder, name));
}
