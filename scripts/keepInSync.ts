import {
	cpSync,
	existsSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

const LOOK_EVERY_MS = 500;

/**
 * Copies what has changed in one folder into another, as soon as it has stood still from one look to the next: a
 * build takes its folder away first. It is looked at rather than watched, because a watch ends with its folder.
 *
 * @param required files without which a build is not complete
 */
export function keepInSync(
	from: string,
	to: string,
	required: string[],
	onChange: () => void,
): void {
	let synced = fingerprint(from);
	let last = synced;
	setInterval(() => {
		const now = fingerprint(from);
		const isComplete = now === last && required.every((file) => existsSync(join(from, file)));
		last = now;
		if (!isComplete || now === synced) return;
		synced = now;
		if (copyChanges(from, to)) onChange();
	}, LOOK_EVERY_MS);
}

/** Names, sizes and times of all files. */
function fingerprint(folder: string): string {
	const describe = (file: string) => {
		const { size, mtimeMs } = statSync(join(folder, file), { throwIfNoEntry: false }) ?? {};
		return `${file} ${size} ${mtimeMs}`;
	};
	return filesIn(folder).map(describe).join('\n');
}

function filesIn(folder: string): string[] {
	if (!existsSync(folder)) return [];
	return readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
		.sort();
}

/** Whether there was anything to copy or to remove. */
function copyChanges(from: string, to: string): boolean {
	const files = filesIn(from);
	const gone = filesIn(to).filter((file) => !files.includes(file));
	const changed = files.filter(
		(file) =>
			!existsSync(join(to, file)) ||
			!readFileSync(join(from, file)).equals(readFileSync(join(to, file))),
	);
	for (const file of gone) rmSync(join(to, file));
	for (const file of changed) {
		mkdirSync(dirname(join(to, file)), { recursive: true });
		cpSync(join(from, file), join(to, file));
	}
	return gone.length + changed.length > 0;
}
