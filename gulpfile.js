const { execFile } = require('node:child_process');
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

/** What n8n reads beside the code: icons, and each node's codex (its place in the node panel). */
function icons() {
	return src('icons/*.svg', { encoding: false }).pipe(dest(`${OUT}/icons`));
}

function codex() {
	return src('nodes/**/*.node.json', { encoding: false }).pipe(dest(`${OUT}/nodes`));
}

exports.build = series(clean, parallel(compile, icons, codex));
