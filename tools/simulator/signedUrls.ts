import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

/** What a signed URL's `_jwt` carries. */
const tokenPayload = z.object({
	/** The path it opens. */
	sub: z.string(),
	/** Whole real seconds since the epoch; from then on it opens nothing. */
	exp: z.number().int(),
	/** Makes every issued URL a different one. */
	jti: z.string(),
});

/** Signs and checks output URLs like Runway's: a `_jwt` query parameter whose payload has `exp`. */
export class UrlSigner {
	/** A secret of this instance's own: URLs of another one are forgeries. */
	private readonly secret = randomUUID();

	/** @param lifeMs real ms; the life is cut to whole seconds, so that it never outlasts `exp` */
	sign(baseUrl: string, path: string, lifeMs: number): string {
		const exp = Math.floor((Date.now() + lifeMs) / 1000);
		const payload: z.input<typeof tokenPayload> = { sub: path, exp, jti: randomUUID() };
		const content = `${toBase64Url({ alg: 'HS256', typ: 'JWT' })}.${toBase64Url(payload)}`;
		return `${baseUrl}${path}?_jwt=${content}.${this.signatureOf(content)}`;
	}

	/** Whether the token opens this path now. */
	opens(path: string, token: string | undefined): boolean {
		const [header, payload, signature, ...rest] = (token ?? '').split('.');
		if (!header || !payload || !signature || rest.length > 0) return false;
		if (!isSame(signature, this.signatureOf(`${header}.${payload}`))) return false;
		const content: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString());
		const { sub, exp } = tokenPayload.parse(content);
		return sub === path && Date.now() < exp * 1000;
	}

	private signatureOf(content: string): string {
		return createHmac('sha256', this.secret).update(content).digest('base64url');
	}
}

function toBase64Url(value: unknown): string {
	return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function isSame(one: string, other: string): boolean {
	return one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));
}
