import { closeSync, openSync, readdirSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { findIn, type Finding } from './find';
import { CANARY_KEY, FILM_AS_TEXT, SECRETS, type Secret } from './secrets';

const PIECE_BYTES = 8 * 1024 * 1024;
/** Pieces overlap by more than the longest form, so that none is cut in two. */
const OVERLAP_BYTES = 1024;

/** n8n's binary store, and the folder that nodes may read and write: videos may lie there, as they are. */
const MAY_HOLD_FILMS = /[/\\](binary_data|files)[/\\]/;

/** What of the secrets is in the files below a folder, and in the rows of SQLite databases. */
export function findInFolder(folder: string): Finding[] {
	const files = readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath, entry.name));
	const inFiles = files.flatMap((path) =>
		findInFile(path, MAY_HOLD_FILMS.test(path) ? [CANARY_KEY, FILM_AS_TEXT] : SECRETS),
	);
	// Last, because a database that was left in the middle of something is put in order when it is opened.
	return [...inFiles, ...files.filter((path) => path.endsWith('.sqlite')).flatMap(findInSqlite)];
}

function findInFile(path: string, secrets: Secret[]): Finding[] {
	const found = new Set<string>();
	const piece = Buffer.alloc(PIECE_BYTES);
	const file = openSync(path, 'r');
	try {
		for (let position = 0; ; position += PIECE_BYTES - OVERLAP_BYTES) {
			const bytes = readSync(file, piece, 0, PIECE_BYTES, position);
			for (const { what } of findIn(piece.subarray(0, bytes), secrets)) found.add(what);
			if (bytes < PIECE_BYTES) break;
		}
	} finally {
		closeSync(file);
	}
	return [...found].map((what) => ({ what, path }));
}

/** The file alone is not enough: SQLite cuts long values into pages. Nothing may have the database open. */
function findInSqlite(path: string): Finding[] {
	const database = new DatabaseSync(path);
	try {
		const rows = database.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all();
		const tables = z.array(z.object({ name: z.string() })).parse(rows);
		return tables.flatMap(({ name }) =>
			findInTable(database, name).map(({ what, path: column }) => ({
				what,
				path: `${path}: ${name}.${column}`,
			})),
		);
	} finally {
		database.close();
	}
}

function findInTable(database: DatabaseSync, table: string): Finding[] {
	const found = new Map<string, Finding>();
	const rows = database.prepare(`SELECT * FROM "${table}"`);
	rows.setReadBigInts(true);
	for (const row of rows.iterate()) {
		for (const [path, value] of Object.entries(row)) {
			const content = value instanceof Uint8Array ? Buffer.from(value) : String(value);
			for (const { what } of findIn(content)) found.set(`${what} ${path}`, { what, path });
		}
	}
	return [...found.values()];
}
