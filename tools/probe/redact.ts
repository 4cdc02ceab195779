const SHOWN_CHARACTERS = 6;

/** An id as it may be shown: enough to recognise it, too little to use it. */
const shortened = (id: string) => `${id.slice(0, Math.min(SHOWN_CHARACTERS, id.length / 2))}…`;

/** Long runs with many digits in them: task ids, request ids, tokens. Names of models have fewer. */
const LONG_ID = /(?=(?:[A-Za-z_-]*\d){6})[A-Za-z0-9_-]{14,}/g;
const KEY_LIKE = /\bsk-[\w*-]+/g;
/** How gateways show a part of a key in their messages. */
const MASKED_KEY = /[\w-]*\*{3,}[\w-]*/g;
const QUERY = /(https?:\/\/[^\s?"']+)\?[^\s"']*/g;

/**
 * What may be shown to anybody: without the key or anything that looks like one, without the queries of URLs
 * (signatures), with every id shortened.
 *
 * @param ids those that are known, whatever they look like
 */
export function redact(text: string, apiKey: string, ids: Array<string | number> = []): string {
	const withoutKey = [apiKey, KEY_LIKE, MASKED_KEY].reduce<string>(
		(shown, key) => shown.replaceAll(key, '[key]'),
		text,
	);
	const withoutQueries = withoutKey.replaceAll(QUERY, '$1?…');
	const withoutKnownIds = ids
		.map(String)
		.reduce((shown, id) => shown.replaceAll(id, shortened(id)), withoutQueries);
	return withoutKnownIds.replaceAll(LONG_ID, shortened);
}
