import type { IDataObject } from 'n8n-workflow';
import { WrongInput } from '../../../nodes/shared/n8n/errors';
import { parseTaskOptions } from '../../../nodes/shared/n8n/options';

const DEFAULTS = {
	runwayVersion: '2024-11-06',
	downloadInto: undefined,
	maxBytes: 2_048 * 1024 * 1024,
};

/** What is wrong with the options, and what to do; fails the test when nothing is. */
function problemOf(options: IDataObject): [string, string] {
	try {
		parseTaskOptions(options);
	} catch (error) {
		if (error instanceof WrongInput) return [error.message, error.remedy];
		throw error;
	}
	throw new Error('Nothing is wrong with the options');
}

it.each<[string, IDataObject, object]>([
	['no options are their defaults', {}, {}],
	['an emptied option is its default', { maxDownloadMb: null, runwayVersion: ' ' }, {}],
	['numbers may come as texts', { maxDownloadMb: '0.5' }, { maxBytes: 512 * 1024 }],
	[
		'what is to be downloaded goes into the field that is named',
		{ download: true, binaryPropertyName: ' clip ', maxDownloadMb: 1 },
		{ downloadInto: 'clip', maxBytes: 1024 * 1024 },
	],
	['a field alone downloads nothing', { binaryPropertyName: 'clip' }, {}],
])('%s', (_what, options, expected) => {
	expect(parseTaskOptions(options)).toEqual({ ...DEFAULTS, ...expected });
});

const NUMBER = 'Give Max Download Size (MB) a number above 0.';

it.each<[IDataObject, string, string]>([
	[{ maxDownloadMb: 0 }, 'Max Download Size (MB) is 0, not a number above 0', NUMBER],
	[{ maxDownloadMb: -5 }, 'Max Download Size (MB) is -5, not a number above 0', NUMBER],
	[{ maxDownloadMb: 'big' }, 'Max Download Size (MB) is "big", not a number above 0', NUMBER],
	[
		{ runwayVersion: 20241106 },
		'Runway Version is 20241106, not a text',
		'Give Runway Version a date as text, for example 2024-11-06, or remove the option.',
	],
	[
		{ download: true, binaryPropertyName: 7 },
		'Put Output in Field is 7, not a text',
		'Give Put Output in Field the name of a binary field, for example data.',
	],
])('%j is told, with the remedy', (options, message, remedy) => {
	expect(problemOf(options)).toEqual([message, remedy]);
});
