const { execFile } = require('node:child_process');
const { existsSync, mkdirSync, writeFileSync } = require('node:fs');
const { rm } = require('node:fs/promises');
const { basename, dirname, join, relative } = require('node:path');
const esbuild = require('esbuild');
const { dest, parallel, series, src } = require('gulp');
const { n8n } = require('./package.json');

const OUT = 'dist';
const BUNDLE = join(OUT, 'bundle.js');

/** The files that package.json promises to n8n; each exports the class it is named after. */
const PROMISED = [...n8n.nodes, ...n8n.credentials].map((file) => ({
	file,
	className: basename(file).split('.')[0],
	source: `./${relative(OUT, file).replace(/\.js$/, '')}`,
}));

/** A file that was deleted from the sources must not live on in the package. */
async function clean() {
	await rm(OUT, { recursive: true, force: true });
}

function checkTypes(done) {
	const tsc = join(dirname(require.resolve('typescript/package.json')), 'bin', 'tsc');
	execFile(process.execPath, [tsc, '-p', 'tsconfig.json'], (error, stdout) => {
		if (stdout) process.stderr.write(stdout);
		done(error ? new Error('TypeScript found errors (above)') : undefined);
	});
}

/**
 * Puts the sources into one file, since n8n loads that in half the time of sixty, and the package is a tenth
 * smaller for it. Names and layout stay: n8n's reviewers, and whoever installs the package, can read it.
 */
async function bundle() {
	const contents = PROMISED.map(
		({ className, source }) => `export { ${className} } from '${source}';`,
	).join('\n');
	const { outputFiles } = await esbuild.build({
		stdin: { contents, resolveDir: __dirname },
		bundle: true,
		write: false,
		platform: 'node',
		packages: 'external',
		format: 'esm',
		target: 'node20',
	});
	mkdirSync(OUT, { recursive: true });
	writeFileSync(BUNDLE, toCommonJs(outputFiles[0].text));
}

/**
 * esbuild's own CommonJS has every imported name looked up anew at each use, for the sake of importers and cycles
 * that are not there. Its imports are plain statements of names: as destructured requires they read like the sources.
 * Of comments it keeps where each part comes from, of which the last name will do, and those between the fields of an
 * object, which say little without the others.
 */
function toCommonJs(esModule) {
	return esModule
		.replace(
			/^import (\{[^}]*\}) from ("[^"]+");$/gm,
			(_all, names, from) =>
				`const ${names.replace(/\s+/g, ' ').replaceAll(' as ', ': ')} = require(${from});`,
		)
		.replace(/^export (\{[^}]*\});$/m, 'module.exports = $1;')
		.replace(/^ +(?:\/\*\*.*\*\/|\/\/.*)\n/gm, '')
		.replaceAll('/* @__PURE__ */ ', '')
		.replace(/^\/\/ (?:.*\/(?!index\.ts))?(.+)\.ts$/gm, '// $1')
		.replace(/^(?: {2})+/gm, (spaces) => '\t'.repeat(spaces.length / 2));
}

/** n8n takes each class from a file of its own, with a node's codex (its place in the node panel) beside it. */
async function entries() {
	for (const { file, className, source } of PROMISED) {
		mkdirSync(dirname(file), { recursive: true });
		const path = relative(dirname(file), BUNDLE);
		writeFileSync(file, `exports.${className} = require('${path}').${className};\n`);
		const codex = `${source}.json`;
		if (existsSync(codex))
			writeFileSync(file.replace(/js$/, 'json'), JSON.stringify(require(codex)));
	}
}

function icons() {
	return src('icons/*.svg', { encoding: false }).pipe(dest(`${OUT}/icons`));
}

exports.build = series(clean, parallel(checkTypes, series(bundle, entries), icons));
