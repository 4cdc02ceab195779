/**
 * Runs both legs of n8n's verification scanner on this package, as n8n's reviewers do on a published one: the
 * sources, and what `npm pack` puts into the tarball. Inline lint disables are ignored by the scanner.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const scannerFolder = dirname(
	createRequire(import.meta.url).resolve('@n8n/scan-community-package/package.json'),
);
const { analyzePackage, SOURCE_FILE_PATTERNS } = await import(
	pathToFileURL(join(scannerFolder, 'scanner', 'scanner.mjs')).href
);

const folder = mkdtempSync(join(tmpdir(), 'scan-'));
try {
	execFileSync('npm', ['pack', '--silent', '--pack-destination', folder], { cwd: root });
	const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz'));
	execFileSync('tar', ['-xzf', tarball], { cwd: folder });
	const packed = join(folder, 'package');
	const legs = [
		['sources', await analyzePackage(root, SOURCE_FILE_PATTERNS)],
		['packed package', await analyzePackage(packed, ['**/*.js', 'package.json'])],
	];
	for (const [name, { passed, message, details }] of legs) {
		console.log(passed ? `passed: ${name}` : `FAILED: ${name}: ${message}\n${details ?? ''}`);
	}
	process.exitCode = legs.every(([, { passed }]) => passed) ? 0 : 1;
} finally {
	rmSync(folder, { recursive: true, force: true });
}
