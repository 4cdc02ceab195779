import { z } from 'zod';
import type { N8nSession } from './http';

const cell = z.union([z.string(), z.number(), z.boolean(), z.null()]);

/** A row as n8n answers with it: its own columns beside those of the table. */
const row = z.object({ id: z.number() }).catchall(cell);

type DataTableRow = z.infer<typeof row>;

/** Values of some columns, as a person types them into a row. */
export type DataTableCells = Record<string, string>;

const LARGEST_PAGE = 250;

/** *Data tables* of the owner's own project, as its tab in the editor shows them. Tables go by their names. */
export class DataTableApi {
	constructor(private readonly session: N8nSession) {}

	/** All rows, the oldest first. */
	async rows(table: string): Promise<DataTableRow[]> {
		const path = `${await this.pathOf(table)}/rows?sortBy=id:asc&take=${LARGEST_PAGE}`;
		return (await this.session.rest('GET', path, z.object({ data: z.array(row) }))).data;
	}

	/** Adds rows. */
	async insert(table: string, ...data: DataTableCells[]): Promise<void> {
		const body = { data, returnType: 'id' };
		const inserted = z.array(row.pick({ id: true }));
		await this.session.rest('POST', `${await this.pathOf(table)}/insert`, inserted, body);
	}

	/** Overwrites cells of one row. */
	async update(table: string, id: number, data: DataTableCells): Promise<void> {
		const filter = {
			type: 'and',
			filters: [{ columnName: 'id', condition: 'eq', value: id }],
		};
		const path = `${await this.pathOf(table)}/rows`;
		await this.session.rest('PATCH', path, z.literal(true), { data, filter });
	}

	private async pathOf(table: string): Promise<string> {
		const { id } = await this.session.rest(
			'GET',
			'/projects/personal',
			z.object({ id: z.string() }),
		);
		const tables = `/projects/${id}/data-tables`;
		const list = z.object({ data: z.array(z.object({ id: z.string(), name: z.string() })) });
		const { data } = await this.session.rest('GET', tables, list);
		const found = data.find(({ name }) => name === table);
		if (!found) throw new Error(`There is no data table "${table}"`);
		return `${tables}/${found.id}`;
	}
}
