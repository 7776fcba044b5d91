// `npm start [-- FOLDER] [-- --port N]`: from a fresh clone to the dashboard in the browser.

import './nodeVersion.js';
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { basename, join, resolve } from 'node:path';
// As a whole: an older Node has no parseArgs, and would stop here before its version is checked.
import util from 'node:util';
import { PreparationError, buildWebApp, fingerprint, installPackages, root } from './prepare.js';

const usage = `Usage: npm start [-- FOLDER] [-- --demo --port N --host ADDRESS]

With FOLDER, Holdfast loads the exports in it. Without, it shows what was loaded in the browser, and its demo
company as long as nothing was; --demo shows that in any case.

  npm start
  npm start -- ~/exports
  npm start -- ~/exports --port 8080
  npm start -- --demo`;

const warehouses = join(root, 'data', 'warehouse');
const say = (line) => console.log(line);

/** The child that is running, if any: it ends first, and this process with it. */
let running = null;
let interrupted = false;

/** From here on, being interrupted means: let the command that runs end, then end. */
function endWithTheCommand() {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      interrupted = true;
      // Ctrl-C reaches the child by itself; a signal sent to this process alone has to be passed on.
      if (signal !== 'SIGINT' || !process.stdin.isTTY) running?.kill(signal);
    });
  }
}

/** Runs a `holdfast` command on this terminal and resolves to its exit code. */
function holdfast(...args) {
  return new Promise((done, fail) => {
    running = spawn(process.execPath, [join(root, 'src', 'cli', 'holdfast.js'), ...args], {
      stdio: 'inherit',
    });
    running.on('error', fail);
    running.on('close', (code, signal) => {
      running = null;
      done(code ?? 128 + constants.signals[signal]);
    });
  });
}

/** Runs a command that has to succeed, or ends with its exit code; it has said why itself. */
async function must(...args) {
  const code = await holdfast(...args);
  if (interrupted) process.exit(130);
  if (code !== 0) process.exit(code);
}

const made = ['data/warehouse', 'data/demo/exports'];

/** A mark of the code and data that make warehouses; some of their figures take a method of src/lib. */
const makers = () =>
  fingerprint(['pipeline', 'data', 'src/lib', 'package-lock.json'], (path) => {
    return !made.includes(path) && !/\.(test\.ts|svelte|css)$/.test(path);
  });

/** What was loaded in the browser, made anew from what it knows when the code that makes it has changed. */
async function ownWarehouse() {
  const note = join(warehouses, 'holdfast.sources.sha256');
  const current = makers();
  if (existsSync(note) && readFileSync(note, 'utf8') === current) return own;
  say('Bringing what was loaded before up to this version …');
  const code = await holdfast('load', '--out', own);
  if (interrupted) process.exit(130);
  if (code === 0) writeFileSync(note, current);
  else say('It stays as it was, and some pages may not answer.');
  return own;
}

/** The demo company's warehouse, made anew when the code or data that make it have changed. */
async function demoWarehouse() {
  const out = join(warehouses, 'demo.duckdb');
  const note = join(warehouses, 'demo.sources.sha256');
  const exports = join(root, 'data', 'demo', 'exports');
  const current = makers();
  if (existsSync(out) && existsSync(note) && readFileSync(note, 'utf8') === current) return out;
  say('Making the demo company …');
  rmSync(exports, { recursive: true, force: true });
  await must('demo', '--to', exports);
  await must('load', exports, '--out', out, '--from-scratch');
  writeFileSync(note, current);
  return out;
}

/** The warehouse of a folder of exports. Its name holds a mark of the path: two folders may share a name. */
async function folderWarehouse(folder) {
  const mark = createHash('sha256').update(folder).digest('hex').slice(0, 6);
  const name = basename(folder).replace(/[^\p{L}\p{N}._-]+/gu, '-') || 'exports';
  const out = join(warehouses, `${name}-${mark}.duckdb`);
  await must('load', folder, '--out', out);
  return out;
}

function wrongUsage(sentence) {
  console.error(`${sentence}\n\n${usage}`);
  process.exit(2);
}

function parse() {
  try {
    const options = {
      port: { type: 'string' },
      host: { type: 'string' },
      demo: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    };
    // `npm start -- FOLDER -- --port N` is an easy slip: a second `--` changes nothing.
    const args = process.argv.slice(2).filter((arg) => arg !== '--');
    return util.parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    return wrongUsage(`${error.message.split('. ')[0]}.`);
  }
}

const {
  values: { help, demo, ...values },
  positionals,
} = parse();
if (help) {
  say(usage);
  process.exit(0);
}
if (demo && positionals.length > 0) wrongUsage('Either a folder or --demo, please.');
if (positionals.length > 1) wrongUsage(`One folder at a time, please: got ${positionals.join(', ')}.`);

// npm runs scripts from the project's folder and notes where the reader was.
const here = (process.env.npm_lifecycle_event === 'start' && process.env.INIT_CWD) || process.cwd();
const folder = positionals.length ? resolve(here, positionals[0]) : null;
if (folder && !existsSync(folder)) wrongUsage(`There is no file or folder ${folder}.`);

try {
  installPackages(say);
  buildWebApp(say);
} catch (error) {
  if (!(error instanceof PreparationError)) throw error;
  console.error(error.message);
  process.exit(1);
}

endWithTheCommand();
mkdirSync(warehouses, { recursive: true });
/** Where what is loaded in the browser goes, unless a folder's is shown; only that makes the exports folder beside it. */
const own = join(warehouses, 'holdfast.duckdb');
const hasOwn = existsSync(own) && existsSync(join(warehouses, 'holdfast.exports'));
const shown = folder
  ? await folderWarehouse(folder)
  : hasOwn && !demo
    ? await ownWarehouse()
    : await demoWarehouse();
const into = folder || shown === own ? [] : ['--load-into', own];
const serve = Object.entries(values).flatMap(([option, value]) => [`--${option}`, value]);
const code = await holdfast('serve', '--out', shown, ...into, ...serve);
process.exit(interrupted ? 0 : code);
