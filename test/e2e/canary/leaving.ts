/** A suite that passes but for what it leaves behind: the key, where its first argument says. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { DEFAULT_API_KEY } from '../../../simulator';
import { temporaryFolder } from '../harness';

const [where] = process.argv.slice(2);
const inHex = Buffer.from(DEFAULT_API_KEY).toString('hex');

it('passes', () => {
	const folder = temporaryFolder('leaving');
	if (where === 'a file') writeFileSync(join(folder, 'request.log'), `Authorization: Bearer ${DEFAULT_API_KEY}`);
	if (where === 'its output') console.log(`(on purpose: ${inHex})`);
	if (where === 'its last words') process.on('beforeExit', () => console.log(`(on purpose: ${inHex})`));
});
