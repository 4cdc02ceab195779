import { inspect } from 'node:util';
import { examine } from './leaks';

/** Looks into everything this process prints from now on; returns how to end that. */
export function watchPrinting(): () => void {
	const ends = [
		watchStream('standard output', process.stdout),
		watchStream('standard error', process.stderr),
		watchConsole(),
	];
	return () => ends.forEach((end) => end());
}

function watchStream(name: string, stream: NodeJS.WriteStream): () => void {
	const write = stream.write;
	stream.write = (chunk: string | Uint8Array, ...rest: never[]) => {
		examine(name, typeof chunk === 'string' ? chunk : Buffer.from(chunk));
		return write.call(stream, chunk, ...rest);
	};
	return () => void (stream.write = write);
}

/** In jest, it does not lead to the streams of this process. */
function watchConsole(): () => void {
	const levels = ['debug', 'log', 'info', 'warn', 'error'] as const;
	const originals = levels.map((level) => console[level]);
	levels.forEach((level, index) => {
		console[level] = (...args: unknown[]) => {
			examine(
				`console.${level}`,
				args.map((arg) => (typeof arg === 'string' ? arg : inspect(arg, { depth: 20 }))).join(' '),
			);
			originals[index].apply(console, args);
		};
	});
	return () => levels.forEach((level, index) => (console[level] = originals[index]));
}
