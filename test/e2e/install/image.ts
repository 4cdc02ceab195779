import { DockerfileParser, type Instruction } from 'dockerfile-ast';
import { cpSync, globSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { temporaryFolder } from '../../../tools/n8n';
import { runCommand } from '../../../tools/n8n/command';

/** Of how the image starts, what n8n's own image has: there is none of it here. */
const OF_THE_BASE_IMAGE = ['tini', '--', '/docker-entrypoint.sh'];

/** What docker/Dockerfile adds to n8n's image. */
export interface Image {
	/** Stands for the image's root folder. */
	root: string;
	/** Does what a container does before n8n's own start, as a user with that home. */
	start(home: string): Promise<void>;
}

/** Carries out a Dockerfile's ADD and COPY in the way of `docker build`, and its ENTRYPOINT up to n8n's own. */
export async function buildImage(context: string): Promise<Image> {
	const root = temporaryFolder('image');
	const instructions = DockerfileParser.parse(
		readFileSync(join(context, 'Dockerfile'), 'utf8'),
	).getInstructions();
	for (const instruction of instructions) await carryOut(instruction, context, root);
	const entrypoint = instructions.find((each) => each.getKeyword() === 'ENTRYPOINT');
	const [program, ...args] = z
		.array(z.string())
		.parse(JSON.parse(entrypoint?.getRawArgumentsContent() ?? ''))
		.filter((argument) => !OF_THE_BASE_IMAGE.includes(argument))
		.map((argument) => (argument.startsWith('/opt/') ? join(root, argument) : argument));
	const start = async (home: string) => {
		const env = { HOME: home, N8N_USER_FOLDER: undefined };
		await runCommand(program, [...args, 'true'], { cwd: root, env });
	};
	return { root, start };
}

async function carryOut(instruction: Instruction, context: string, root: string): Promise<void> {
	const keyword = instruction.getKeyword();
	if (keyword !== 'ADD' && keyword !== 'COPY') return;
	const paths = instruction.getArguments().map((argument) => argument.getValue());
	const target = join(root, paths.pop() ?? '');
	mkdirSync(target, { recursive: true });
	for (const file of paths.flatMap((pattern) => globSync(pattern, { cwd: context }))) {
		// ADD unpacks archives, COPY does not.
		if (keyword === 'ADD' && file.endsWith('.tgz'))
			await runCommand('tar', ['-xzf', join(context, file), '-C', target], { cwd: context });
		else cpSync(join(context, file), join(target, file));
	}
}
