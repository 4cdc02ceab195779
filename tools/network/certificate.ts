import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

/** Where the two files are (PEM). */
export interface Certificate {
	key: string;
	certificate: string;
}

/**
 * Makes a certificate that signs itself, for a name and 127.0.0.1, good for two days. Takes the machine's `openssl`.
 *
 * @param folder an existing folder
 */
export function makeCertificate(folder: string, name: string): Certificate {
	const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
	const names = `subjectAltName=DNS:${name},IP:127.0.0.1`;
	const kind = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2'];
	const args = [...kind, '-subj', `/CN=${name}`, '-addext', names];
	execFileSync('openssl', [...args, '-keyout', key, '-out', certificate], { stdio: 'ignore' });
	return { key, certificate };
}
