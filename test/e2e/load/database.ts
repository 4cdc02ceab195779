import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { type Postgres, wholeNumber } from '../queue/stores';

/** An execution as n8n's database has it at this moment. */
export interface StoredExecution {
	id: string;
	status: string;
	/** When it is to go on, as the database writes it; '' where it is not suspended. */
	waitTill: string;
	/** The length of its data, in bytes. */
	bytes: number;
}

/** How much room there is taken on disk, in bytes. */
export interface Room {
	/** SQLite: the whole database with its log. PostgreSQL: the table that has the executions' data. */
	database: number;
	/** What n8n keeps of files. */
	files: number;
}

/** The database of an n8n, looked at from beside. */
export interface Database {
	executionsOf(workflowIds: string[]): Promise<StoredExecution[]>;
	room(): Promise<Room>;
}

const list = (ids: string[]): string => ids.map((id) => `'${id}'`).join(', ');

const sqliteRow = z.object({
	id: z.number().transform(String),
	status: z.string(),
	waitTill: z.string(),
	bytes: z.number(),
});

/** The SQLite in n8n's user folder; n8n keeps files beside it. */
export function sqliteOf(userFolder: string): Database {
	const folder = join(userFolder, '.n8n');
	const file = join(folder, 'database.sqlite');
	return {
		async executionsOf(workflowIds) {
			const database = new DatabaseSync(file, { readOnly: true });
			try {
				const rows = database.prepare(
					`SELECT e.id, e.status, coalesce(e.waitTill, '') AS waitTill, coalesce(octet_length(d.data), 0) AS bytes
					FROM execution_entity e LEFT JOIN execution_data d ON d.executionId = e.id
					WHERE e.workflowId IN (${list(workflowIds)})`,
				);
				return z.array(sqliteRow).parse(rows.all());
			} finally {
				database.close();
			}
		},
		async room() {
			return {
				database: [file, `${file}-wal`].reduce((sum, each) => sum + statSync(each).size, 0),
				files: sizeOfFolder(join(folder, 'storage')),
			};
		},
	};
}

function sizeOfFolder(folder: string): number {
	return readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0);
}

const postgresRow = z
	.tuple([z.string(), z.string(), z.string(), wholeNumber])
	.transform(([id, status, waitTill, bytes]): StoredExecution => ({ id, status, waitTill, bytes }));

/** The PostgreSQL of queue mode, where n8n keeps files in the database as well. */
export function postgresOf(postgres: Postgres): Database {
	return {
		async executionsOf(workflowIds) {
			const rows = await postgres.query(
				`SELECT e.id, e.status, coalesce(e."waitTill"::text, ''), coalesce(octet_length(d.data), 0)
				FROM execution_entity e LEFT JOIN execution_data d ON d."executionId" = e.id
				WHERE e."workflowId" IN (${list(workflowIds)})`,
			);
			return z.array(postgresRow).parse(rows);
		},
		async room() {
			const sizes = `pg_total_relation_size('execution_data'), pg_total_relation_size('binary_data')`;
			const rows = await postgres.query(`SELECT ${sizes}`);
			const [[database, files]] = z.array(z.tuple([wholeNumber, wholeNumber])).parse(rows);
			return { database, files };
		},
	};
}
