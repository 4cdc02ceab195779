import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { BuiltPackage } from '../install/placePackage';
import { absoluteLinks } from './links';
import { releaseManifest, tagOf } from './manifest';
import { knownAddress } from './readiness';

/**
 * Lays the package out as it is published: as built, with the addresses that follow from the repository's, and a
 * README whose links and pictures work on npm's page.
 *
 * @param into a folder; what is in it is replaced
 * @throws {Error} where package.json does not say where the repository is
 */
export function stageRelease({ root, files }: BuiltPackage, into: string): void {
	const read = (file: string) => readFileSync(join(root, file), 'utf8');
	const manifest = releaseManifest.parse(JSON.parse(read('package.json')));
	const address = knownAddress(manifest);
	const { web } = address;
	rmSync(into, { recursive: true, force: true });
	for (const file of files) {
		mkdirSync(dirname(join(into, file)), { recursive: true });
		cpSync(join(root, file), join(into, file));
	}
	const published = { ...manifest, homepage: `${web}#readme`, bugs: { url: `${web}/issues` } };
	writeFileSync(join(into, 'package.json'), `${JSON.stringify(published, null, 2)}\n`);
	const readme = absoluteLinks(read('README.md'), address, tagOf(manifest));
	writeFileSync(join(into, 'README.md'), readme);
}
