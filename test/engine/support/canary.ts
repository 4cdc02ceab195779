/**
 * Part of every engine test: a test fails when the key or a source video turned up during it in anything that was
 * stored, logged, printed, or sent to a foreign host (tools/canary).
 */
import { examineFolders, throwLeaks, watchPrinting, watchRequests } from '../../../tools/canary';

const ends = [watchRequests(), watchPrinting()];

afterEach(throwLeaks);

// Jest runs these hooks in the order of their definition: this one before those that remove the folders.
afterAll(() => {
	for (const end of ends) end();
	examineFolders();
	throwLeaks();
});
