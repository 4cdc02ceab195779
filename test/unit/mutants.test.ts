import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MUTANTS } from '../mutants/mutants';

test.each(MUTANTS.map(({ guard, file, find, tests }) => ({ guard, file, find, tests })))(
	'the text to switch off "$guard" stands once in $file, and its tests exist',
	({ file, find, tests }) => {
		const read = (path: string) => readFileSync(join(__dirname, '../..', path), 'utf8');
		expect(read(file).split(find)).toHaveLength(2);
		for (const test of tests) expect(read(test)).not.toBe('');
	},
);
