/**
 * The canary: a key and a source video that can't be mistaken for anything else, and means to find them where they
 * must not be. Whatever sees something stored, printed or sent calls `examine…`; whoever runs the tests calls
 * `throwLeaks`.
 */
export {
	examine,
	examineFolder,
	examineFolders,
	examineObject,
	takeLeaks,
	throwLeaks,
	watchFolder,
} from './leaks';
export { watchPrinting } from './printing';
export { keyBelongsTo, watchRequests } from './requests';
export { canaryFilm } from './secrets';
