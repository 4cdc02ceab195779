import { DEFAULT_API_KEY } from '../simulator';

/** Something that must not turn up where it has no business, in any of its forms. */
export interface Secret {
	name: string;
	forms: Array<{ form: string; text: string }>;
}

/** Every frame of the canary film; anything that takes the film along has many of them. */
const FRAME = 'canary film, frame 5e81c9b2; ';
const FRAMES = 400;
const MP4_HEADER = Buffer.from('000000186674797069736f6d0000020069736f6d6d703432', 'hex');

/** The key of every credential in engine and end-to-end tests: long and odd enough to come from nowhere else. */
export const CANARY_KEY = secretOf('the API key', DEFAULT_API_KEY);

/** What is in the canary film. */
export const CANARY_FILM = secretOf('the source video', FRAME);

export const SECRETS = [CANARY_KEY, CANARY_FILM];

/** The film where its bytes may lie, such as n8n's binary store: still not as text of any kind, as in a data URI. */
export const FILM_AS_TEXT: Secret = {
	...CANARY_FILM,
	forms: CANARY_FILM.forms.filter(({ form }) => form !== 'plain'),
};

/** A source video for tests with binary data, 12 KB of it. n8n takes it for an MP4. */
export function canaryFilm(): Buffer {
	return Buffer.concat([MP4_HEADER, Buffer.from(FRAME.repeat(FRAMES))]);
}

/** A text with the forms in which programs write texts down. */
export function secretOf(name: string, text: string): Secret {
	const bytes = Buffer.from(text);
	const forms = [
		{ form: 'plain', text },
		{ form: 'URL-encoded', text: encodeURIComponent(text) },
		{ form: 'hexadecimal', text: bytes.toString('hex') },
		{ form: "a Buffer's JSON", text: bytes.join(',') },
		...[0, 1, 2].flatMap((before) => base64Within(bytes, before)),
	];
	return {
		name,
		forms: forms.filter(
			(one, index) => forms.findIndex((other) => other.text === one.text) === index,
		),
	};
}

/** What base64 of anything with the text in it has, when `before` bytes (modulo 3) precede the text. */
function base64Within(bytes: Buffer, before: number): Secret['forms'] {
	const encoded = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
	// Only characters that are made of the text's bits alone.
	const core = encoded.slice(
		Math.ceil((before * 8) / 6),
		Math.floor(((before + bytes.length) * 8) / 6),
	);
	const urlSafe = core.replaceAll('+', '-').replaceAll('/', '_');
	return [
		{ form: `base64 (${before} bytes before)`, text: core },
		{ form: `base64url (${before} bytes before)`, text: urlSafe },
	];
}
