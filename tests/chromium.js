// Finds a Chromium for the browser tests, or gets one. Node's own modules only, until packages are installed.

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { root } from '../src/cli/prepare.js';

const minute = 60_000;
const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const places = ['/usr/bin/chromium', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'];

/**
 * The path of a Chromium that starts: an installed one, else Playwright's, else the system's package.
 * @param {(line: string) => void} say told before anything is downloaded
 * @returns {Promise<string | null>} null where none could be had
 */
export async function findChromium(say) {
  const installed = installedChromium() ?? (await playwrightChromium());
  if (installed) return installed;
  say('Getting a Chromium for the browser tests …');
  quietly(
    process.execPath,
    [join(root, 'node_modules/playwright-core/cli.js'), 'install', 'chromium'],
    2 * minute,
  );
  const downloaded = await playwrightChromium();
  if (downloaded) return downloaded;
  installSystemPackage();
  return installedChromium();
}

function installedChromium() {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const onPath = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [process.env.CHROME_PATH, ...onPath, ...places].find((path) => path && starts(path)) ?? null;
}

async function playwrightChromium() {
  const { chromium } = await import('playwright-core');
  const path = chromium.executablePath();
  return path && starts(path) ? path : null;
}

/** Some systems put a stub in the path that only says what to install: a file that exists is not enough. */
function starts(path) {
  return existsSync(path) && quietly(path, ['--version'], minute / 4);
}

function installSystemPackage() {
  const isRoot = process.getuid?.() === 0;
  const apt = (...args) =>
    isRoot ? quietly('apt-get', args, 3 * minute) : quietly('sudo', ['-n', 'apt-get', ...args], 3 * minute);
  if (apt('update')) apt('install', '-y', '--no-install-recommends', 'chromium');
}

function quietly(command, args, timeout) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return spawnSync(command, args, { stdio: 'ignore', timeout, env }).status === 0;
}
