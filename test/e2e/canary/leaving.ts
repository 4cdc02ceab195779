/** A suite that passes but for what it leaves behind: the key, where its argument says. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { DEFAULT_API_KEY } from '../../../tools/simulator';
import { temporaryFolder } from '../../../tools/n8n';
import { startPostgres, startRedis } from '../queue/stores';

const inHex = Buffer.from(DEFAULT_API_KEY).toString('hex');
const sayInHex = () => console.log(`(on purpose: ${inHex})`);

const WAYS: Record<string, () => unknown> = {
	nowhere: () => temporaryFolder('leaving'),
	'a file': () =>
		writeFileSync(
			join(temporaryFolder('leaving'), 'request.log'),
			`Authorization: Bearer ${DEFAULT_API_KEY}`,
		),
	'its output': sayInHex,
	'its last words': () => process.on('beforeExit', sayInHex),
	PostgreSQL: async () => {
		const { query } = await startPostgres();
		// Long and even enough to be compressed.
		await query(
			`CREATE TABLE executions AS SELECT repeat('long ', 10000) || '${DEFAULT_API_KEY}' AS data`,
		);
	},
	Redis: async () => await (await startRedis()).count('SADD', 'jobs', DEFAULT_API_KEY),
};

const where = process.argv[2];
it(`leaves the key in ${where}`, async () => void (await WAYS[where]()));
