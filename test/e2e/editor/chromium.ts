import { existsSync } from 'node:fs';
import { type BrowserContext, chromium } from 'playwright-core';
import { closeWithSuite, temporaryFolder } from '../../../tools/n8n';
import { installDebianPackages } from '../../../tools/n8n/debian';

const EXECUTABLE = '/usr/bin/chromium';

/** Nothing that would reach out to the internet. */
const ARGUMENTS = [
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
];

const ACTION_TIMEOUT_MS = 45_000;
/** The first page of an n8n that has just started, on a busy machine. */
const NAVIGATION_TIMEOUT_MS = 60_000;

/** Starts Debian's Chromium without a window, with a fresh profile; it is installed first where it is missing. */
export async function startChromium(): Promise<BrowserContext> {
	if (!existsSync(EXECUTABLE)) await installDebianPackages('chromium');
	const profile = temporaryFolder('chromium');
	const browser = await chromium.launchPersistentContext(profile, {
		executablePath: EXECUTABLE,
		headless: true,
		chromiumSandbox: false,
		args: ARGUMENTS,
		viewport: { width: 1280, height: 800 },
		colorScheme: 'light',
		locale: 'en-US',
	});
	browser.setDefaultTimeout(ACTION_TIMEOUT_MS);
	browser.setDefaultNavigationTimeout(NAVIGATION_TIMEOUT_MS);
	return closeWithSuite(browser);
}
