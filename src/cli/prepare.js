// Brings a fresh clone to where it can run. Node's own modules only: nothing may be installed yet.

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** What the web app is built from. `src/cli` is left out: it runs as it is. */
const webSources = ['src', 'pipeline', 'static', 'svelte.config.js', 'vite.config.ts', 'package-lock.json'];

/** Where a build notes the fingerprint of the sources it was made from. */
const buildNote = join(root, 'build', 'sources.sha256');

/** A step of the preparation failed; `message` says what to do about it. */
export class PreparationError extends Error {}

/**
 * Installs the packages where they are missing or not those of package-lock.json.
 * @param {(line: string) => void} say
 */
export function installPackages(say) {
  if (packagesAreCurrent()) return;
  say('Installing packages …');
  // npm names its own script to those it starts; without it (and without a shell) npm is on the PATH.
  const npm = process.env.npm_execpath;
  const [command, first] = npm?.endsWith('.js') ? [process.execPath, [npm]] : ['npm', []];
  const run = spawnSync(
    command,
    [...first, 'ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'],
    {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32' && command === 'npm',
    },
  );
  if (run.status !== 0) {
    throw new PreparationError(
      `Packages could not be installed (npm ci). Check the network, then try again.\n${firstSaid(run)}`,
    );
  }
}

/** Whether every package of the lock file stands in node_modules at its version. */
export function packagesAreCurrent() {
  const wanted = packagesIn(join(root, 'package-lock.json'));
  const installed = packagesIn(join(root, 'node_modules', '.package-lock.json'));
  return Object.entries(wanted).every(
    ([path, entry]) => path === '' || entry.optional || installed[path]?.version === entry.version,
  );
}

function packagesIn(lockFile) {
  return existsSync(lockFile) ? (JSON.parse(readFileSync(lockFile, 'utf8')).packages ?? {}) : {};
}

/**
 * Builds the web app where there is no build of exactly these sources.
 * @param {(line: string) => void} say
 */
export function buildWebApp(say) {
  const current = fingerprint(webSources, (path) => path !== 'src/cli' && !/\.test\.ts$/.test(path));
  if (existsSync(buildNote) && readFileSync(buildNote, 'utf8') === current) return;
  say('Building the web app …');
  const run = spawnSync(process.execPath, [join(root, 'node_modules/vite/bin/vite.js'), 'build'], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_ENV: 'production' },
  });
  if (run.status !== 0) throw new PreparationError(`The web app could not be built.\n${lastSaid(run)}`);
  writeFileSync(buildNote, current);
}

/** npm says what is wrong first and then explains its options at length. */
function firstSaid({ error, stderr }) {
  return (error?.message ?? stderr).split('\n').slice(0, 30).join('\n').trimEnd();
}

/** A build says what is wrong last, after all that went well. */
function lastSaid({ error, stdout, stderr }) {
  return (error?.message ?? `${stdout}\n${stderr}`).trimEnd().split('\n').slice(-40).join('\n');
}

/**
 * One hash over the names and bytes of files and folders, given relative to the root. Missing ones are skipped.
 * @param {string[]} paths
 * @param {(path: string) => boolean} [wanted] false leaves out a file, or a folder with all that is in it
 */
export function fingerprint(paths, wanted = () => true) {
  const hash = createHash('sha256');
  const visit = (path) => {
    const full = join(root, path);
    if (!existsSync(full) || !wanted(path)) return;
    if (statSync(full).isDirectory()) {
      for (const name of readdirSync(full).sort()) visit(`${path}/${name}`);
    } else {
      hash.update(`${path}\0`).update(readFileSync(full)).update('\0');
    }
  };
  paths.forEach(visit);
  return hash.digest('hex');
}
