// `npm test`: everything, from a fresh clone. Each step runs whatever became of those before it.
// The last line is `N passed, N failed`; types, lint, format and build count as one test each.

import '../src/cli/nodeVersion.js';
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { PreparationError, installPackages, root } from '../src/cli/prepare.js';
import { findChromium } from './chromium.js';

process.env.CI ??= 'true';
const minute = 60_000;
const started = Date.now();
const total = { passed: 0, failed: 0, skipped: 0 };
const say = (line) => console.log(line);
const seconds = (since) => `${((Date.now() - since) / 1000).toFixed(1)} s`;

function count({ passed = 0, failed = 0, skipped = 0 }) {
  total.passed += passed;
  total.failed += failed;
  total.skipped += skipped;
}

/** Runs a script, of a package unless named whole. Resolves to whether it succeeded, and what it said where `quiet`. */
function run(script, args, { quiet, timeout, env = {} }) {
  return new Promise((done) => {
    const child = spawn(process.execPath, [resolve(root, 'node_modules', script), ...args], {
      cwd: root,
      stdio: ['ignore', quiet ? 'pipe' : 'inherit', quiet ? 'pipe' : 'inherit'],
      env: { ...process.env, ...env },
      timeout,
      killSignal: 'SIGKILL',
    });
    let output = '';
    child.stdout?.on('data', (chunk) => (output += chunk));
    child.stderr?.on('data', (chunk) => (output += chunk));
    child.on('error', (error) => done({ ok: false, output: error.message }));
    child.on('close', (code, signal) =>
      done({ ok: code === 0, output: signal ? `${output}\nended by ${signal}` : output }),
    );
  });
}

/** One check that counts as one test. It speaks only where it fails. */
async function check(name, script, args = []) {
  const since = Date.now();
  const { ok, output } = await run(script, args, { quiet: true, timeout: 4 * minute });
  say(`${ok ? '✓' : '✗'} ${name} (${seconds(since)})`);
  if (!ok) say(output.trimEnd());
  count(ok ? { passed: 1 } : { failed: 1 });
}

/** Vitest's own projects, one test each of theirs. A run that ends badly without a failed test is a failure too. */
async function vitest(name, projects, env) {
  const since = Date.now();
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-tests-'));
  const report = join(folder, 'report.json');
  const args = ['run', ...projects.flatMap((project) => ['--project', project])];
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const { ok } = await run('vitest/vitest.mjs', [...args, ...reporters], { timeout: 30 * minute, env });
  const result = existsSync(report) ? readReport(report) : {};
  if (!ok && !result.failed) result.failed = 1;
  rmSync(folder, { recursive: true, force: true });
  say(`${ok ? '✓' : '✗'} ${name} (${seconds(since)})`);
  count(result);
}

function readReport(path) {
  const report = JSON.parse(readFileSync(path, 'utf8'));
  const broken = report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken.length,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

async function browserTests() {
  const chromium = await findChromium(say);
  if (!chromium) {
    say(
      '✗ browser tests: there is no Chromium and none could be installed. Install one, or set CHROME_PATH.',
    );
    return count({ failed: 1 });
  }
  await vitest('browser tests', ['browser'], { HOLDFAST_CHROMIUM: chromium });
}

function finish() {
  const { passed, failed, skipped } = total;
  say(`\nAll of it took ${seconds(started)}.`);
  say(`${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`);
  process.exit(failed || !passed ? 1 : 0);
}

try {
  installPackages(say);
} catch (error) {
  if (!(error instanceof PreparationError)) throw error;
  say(error.message);
  count({ failed: 1 });
  finish();
}

const sync = await run('@sveltejs/kit/svelte-kit.js', ['sync'], { quiet: true, timeout: minute });
if (!sync.ok) {
  say(`✗ svelte-kit sync\n${sync.output}`);
  count({ failed: 1 });
}
// Two lanes of about the same length. What tests share is made here once, before any of them asks for it.
const types = check('types', 'svelte-check/bin/svelte-check', [
  '--threshold',
  'warning',
  '--fail-on-warnings',
]);
async function lintAndBuild() {
  await check('lint', 'eslint/bin/eslint.js', ['.', '--max-warnings', '0']);
  // The build writes types anew that are read there.
  await types;
  await check('web build', join(root, 'tests/makeWebApp.js'));
}
async function formatAndShared() {
  await types;
  await check('format', 'prettier/bin/prettier.cjs', ['.', '--check', '--log-level', 'warn']);
  // A failure is told by the tests that need them.
  await run('tsx/dist/cli.mjs', [join(root, 'tests/makeShared.ts')], { quiet: true, timeout: 4 * minute });
}
await Promise.all([lintAndBuild(), formatAndShared()]);
await vitest('unit and integration tests', ['unit', 'integration']);
await browserTests();
finish();
