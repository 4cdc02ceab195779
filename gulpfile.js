const { execFile } = require('node:child_process');
const { globSync, readFileSync, writeFileSync } = require('node:fs');
const { rm } = require('node:fs/promises');
const { dirname, join } = require('node:path');
const { dest, parallel, series, src } = require('gulp');

const OUT = 'dist';

/** A file that was deleted from the sources must not live on in the package. */
async function clean() {
	await rm(OUT, { recursive: true, force: true });
}

function compile(done) {
	const tsc = join(dirname(require.resolve('typescript/package.json')), 'bin', 'tsc');
	execFile(process.execPath, [tsc, '-p', 'tsconfig.json'], (error, stdout) => {
		if (stdout) process.stderr.write(stdout);
		done(error ? new Error('TypeScript found errors (above)') : undefined);
	});
}

/**
 * Makes the package a tenth smaller and no less readable: tabs as in the sources instead of four spaces, and without
 * what TypeScript writes for importers of ES modules and for cycles, of which there are none.
 */
async function slim() {
	for (const file of globSync(`${OUT}/**/*.js`)) {
		const code = readFileSync(file, 'utf8')
			.replace('Object.defineProperty(exports, "__esModule", { value: true });\n', '')
			.replace(/^(?:exports\.\w+ = )+void 0;\n/m, '')
			.replace(/^(?: {4})+/gm, (spaces) => '\t'.repeat(spaces.length / 4));
		writeFileSync(file, code);
	}
}

/** What n8n reads beside the code: icons, and each node's codex (its place in the node panel). */
function icons() {
	return src('icons/*.svg', { encoding: false }).pipe(dest(`${OUT}/icons`));
}

function codex() {
	return src('nodes/**/*.node.json', { encoding: false }).pipe(dest(`${OUT}/nodes`));
}

exports.build = series(clean, parallel(series(compile, slim), icons, codex));
