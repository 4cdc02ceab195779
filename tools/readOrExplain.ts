const EXIT_BAD_ARGUMENT = 2;

/**
 * What a program's arguments ask for. Where they are wrong, the error and the usage are printed, the exit code is set to 2, and
 * there is nothing to do: `undefined`.
 *
 * @param read throws an Error whose message says which argument is wrong
 */
export function readOrExplain<Arguments>(
	read: () => Arguments,
	usage: string,
): { given: Arguments } | undefined {
	try {
		return { given: read() };
	} catch (error) {
		console.error(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
		process.exitCode = EXIT_BAD_ARGUMENT;
		return undefined;
	}
}
