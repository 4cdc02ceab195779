import { parseNetworkError } from '../../../nodes/shared/http/outcome';

const failed = (fields: object, message = 'failed') => Object.assign(new Error(message), fields);
const causedBy = (cause: unknown, fields: object = {}) =>
	Object.assign(new Error('wrapped', { cause }), fields);

it('what n8n keeps from being sent is told apart, however n8n wraps its error', () => {
	const blocked = failed({ name: 'SsrfBlockedIpError' });
	const worded = failed(
		{},
		'The request was blocked because it resolves to a restricted IP address',
	);
	for (const error of [blocked, causedBy(causedBy(blocked)), worded]) {
		expect(parseNetworkError(error)).toEqual({ kind: 'blocked', code: 'SSRF' });
	}
});

describe('what never arrived is told apart', () => {
	it.each<[string, unknown, string | undefined]>([
		['DNS says there is no such host', failed({ code: 'ENOTFOUND' }), 'ENOTFOUND'],
		['DNS does not answer', failed({ code: 'EAI_AGAIN' }), 'EAI_AGAIN'],
		['the connection is refused', failed({ code: 'ECONNREFUSED' }), 'ECONNREFUSED'],
		['there is no route to the host', failed({ code: 'EHOSTUNREACH' }), 'EHOSTUNREACH'],
		['there is no route to the network', failed({ code: 'ENETUNREACH' }), 'ENETUNREACH'],
		['connecting takes too long', failed({ code: 'ETIMEDOUT', syscall: 'connect' }), 'ETIMEDOUT'],
		['connecting fails without a code', failed({ syscall: 'connect' }), undefined],
		[
			'the cause says so, and the wrapper something vague',
			causedBy(failed({ code: 'ECONNREFUSED' }), { code: 'ERR_NETWORK' }),
			'ECONNREFUSED',
		],
		[
			'the cause of the cause says so',
			causedBy(causedBy(failed({ code: 'ENOTFOUND' }))),
			'ENOTFOUND',
		],
		[
			'the cause was connecting',
			causedBy(failed({ code: 'ETIMEDOUT', syscall: 'connect' })),
			'ETIMEDOUT',
		],
		[
			'some addresses of the host do not answer and others have no route',
			Object.assign(
				new AggregateError([
					failed({ code: 'ETIMEDOUT', syscall: 'connect' }),
					failed({ code: 'ENETUNREACH', syscall: 'connect' }),
				]),
				{ code: 'ETIMEDOUT' },
			),
			'ENETUNREACH',
		],
	])('when %s', (_when, error, code) => {
		const outcome = parseNetworkError(error);
		expect(outcome).toEqual({ kind: 'unreachable', code });
	});
});

describe('what may have arrived counts as lost on the way', () => {
	it.each<[string, unknown, object]>([
		['a reset', failed({ code: 'ECONNRESET', syscall: 'read' }), { code: 'ECONNRESET' }],
		[
			'a route that is lost under a connection',
			failed({ code: 'EHOSTUNREACH', syscall: 'read' }),
			{ code: 'EHOSTUNREACH' },
		],
		[
			'a network that is lost while the request is sent',
			causedBy(failed({ code: 'ENETUNREACH', syscall: 'write' }), { code: 'ENETUNREACH' }),
			{ code: 'ENETUNREACH' },
		],
		...[
			'ERR_SSL_WRONG_VERSION_NUMBER',
			'ERR_SSL_BAD_RECORD_TYPE',
			'ERR_SSL_ENCRYPTED_LENGTH_TOO_LONG',
			'ERR_SSL_CIPHER_OPERATION_FAILED',
			'ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC',
		].map((code): [string, unknown, object] => [
			`${code}, after the handshake`,
			failed({ code }),
			{ code },
		]),
		['a timeout after connecting', failed({ code: 'ETIMEDOUT' }), { code: 'ETIMEDOUT' }],
		['an error without a code', new Error('ECONNREFUSED is only mentioned'), {}],
		[
			'a cause beyond the fifth',
			causedBy(causedBy(causedBy(causedBy(causedBy(failed({ code: 'ECONNREFUSED' })))))),
			{},
		],
		['a text', 'ECONNREFUSED', {}],
		['null', null, {}],
	])('%s', (_what, error, expected) => {
		const outcome = parseNetworkError(error);
		expect(outcome).toStrictEqual({ kind: 'connectionLost', ...expected });
	});

	it('an error that is its own cause', () => {
		const error: Error = failed({ code: 'ECONNRESET' });
		error.cause = error;
		expect(parseNetworkError(error)).toStrictEqual({ kind: 'connectionLost', code: 'ECONNRESET' });
	});
});

describe('a connection that is not secure is not tried again', () => {
	it.each([
		'CERT_HAS_EXPIRED',
		'DEPTH_ZERO_SELF_SIGNED_CERT',
		'SELF_SIGNED_CERT_IN_CHAIN',
		'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
		'ERR_TLS_CERT_ALTNAME_INVALID',
		'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED',
		'ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE',
		'ERR_SSL_TLSV1_ALERT_UNKNOWN_CA',
		'EPROTO',
	])('%s', (code) => {
		for (const error of [failed({ code }), causedBy(failed({ code }), { code: 'ERR_NETWORK' })]) {
			const outcome = parseNetworkError(error);
			expect(outcome).toStrictEqual({ kind: 'insecure', code });
		}
	});
});

describe('nothing of the error but its code is taken along', () => {
	const request = {
		config: {
			headers: { Authorization: 'Bearer sk-secret' },
			data: 'data:video/mp4;base64,c2stc2VjcmV0',
		},
		request: { _header: 'Authorization: Bearer sk-secret' },
		response: { config: { headers: { Authorization: 'Bearer sk-secret' } } },
	};

	it.each<[string, object]>([
		['lost', { code: 'ECONNRESET' }],
		['unreachable', { code: 'ECONNREFUSED', syscall: 'connect', address: '10.1.2.3', port: 443 }],
		['insecure', { code: 'CERT_HAS_EXPIRED', cert: { subject: 'sk-secret' } }],
	])('when the connection is %s', (_how, fields) => {
		const cause = failed({ ...fields, ...request }, 'sk-secret');
		const outcome = parseNetworkError(causedBy(cause, { ...request, description: 'sk-secret' }));
		expect(Object.keys(outcome).sort()).toEqual(['code', 'kind']);
		expect(JSON.stringify(outcome)).not.toMatch(/secret|c2st|Bearer|10\.1\.2\.3/);
	});
});
