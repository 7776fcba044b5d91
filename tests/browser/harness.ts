import axe, { type AxeResults } from 'axe-core';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { buildWebApp, root } from '../../src/cli/prepare.js';
import { findChromium } from '../chromium.js';
import { demoWarehouse } from '../demoWarehouse.ts';
import { alone } from '../madeOnce.ts';

export type Theme = 'light' | 'dark';

export interface View {
  /** In CSS pixels. */
  width: number;
  theme: Theme;
}

export interface Holdfast {
  /** Without a slash at the end. */
  url: string;
  browser: Browser;
  /** Opens a path in a window of its own. */
  visit(path: string, view?: View): Promise<Visit>;
  stop(): Promise<void>;
}

export interface Visit {
  page: Page;
  status: number;
  /** What went wrong so far: console errors, exceptions, failed answers, requests to elsewhere. */
  complaints: string[];
  close(): Promise<void>;
}

/**
 * The built dashboard on a warehouse, the demo company's if none is named, and a Chromium beside it. `options` are
 * more of `holdfast serve`.
 */
export async function openHoldfast(named?: string, ...options: string[]): Promise<Holdfast> {
  // Two builds at once would write over each other.
  await alone(join(root, 'node_modules', '.cache', 'holdfast', 'web-app.lock'), () => buildWebApp(() => {}));
  const warehouse = named ?? (await demoWarehouse()).warehouse;
  const server = spawn(
    process.execPath,
    [join(root, 'src/cli/holdfast.js'), 'serve', '--out', warehouse, '--port', '0', ...options],
    { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  try {
    const url = await address(server);
    const browser = await launch();
    const visit = (path: string, view: View = { width: 1440, theme: 'light' }) =>
      open(browser, url, path, view);
    const stop = async () => {
      await browser.close();
      await end(server);
    };
    return { url, browser, visit, stop };
  } catch (error) {
    await end(server);
    throw error;
  }
}

/** The address in the line `Holdfast is at http://127.0.0.1:PORT/`. */
function address(server: ChildProcess): Promise<string> {
  return new Promise((found, fail) => {
    let said = '';
    const give = (reason: string) => fail(new Error(`The server ${reason}. It said:\n${said}`));
    const late = setTimeout(() => give('gave no address within 30 seconds'), 30_000);
    server.on('exit', (code) => give(`ended with ${code}`));
    server.stdout?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      const url = /Holdfast is at (http:\/\/127\.0\.0\.1:\d+)/.exec(said)?.[1];
      if (!url) return;
      clearTimeout(late);
      found(url);
    });
  });
}

async function end(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const ended = once(server, 'exit');
  server.kill('SIGTERM');
  const late = setTimeout(() => server.kill('SIGKILL'), 5_000);
  await ended;
  clearTimeout(late);
}

async function launch(): Promise<Browser> {
  const executablePath = process.env.HOLDFAST_CHROMIUM ?? (await findChromium(() => {}));
  if (!executablePath) throw new Error('There is no Chromium. Install one, or set CHROME_PATH.');
  // No page may need the network: every name but our own address leads nowhere.
  const args = ['--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1', '--disable-dev-shm-usage'];
  // Chromium's sandbox refuses to run as root, which is who runs in most containers.
  if (process.getuid?.() === 0) args.push('--no-sandbox');
  return chromium.launch({ executablePath, args });
}

async function open(browser: Browser, url: string, path: string, { width, theme }: View): Promise<Visit> {
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    colorScheme: theme,
    reducedMotion: 'reduce',
    locale: 'en-US',
    timezoneId: 'America/New_York',
  });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => complaints.push(`exception: ${error.message}`));
  page.on('response', (response) => {
    if (response.status() >= 400) complaints.push(`${response.status()}: ${response.url()}`);
  });
  noOffsiteRequests(page, url, complaints);
  const response = await page.goto(url + path, { waitUntil: 'networkidle' });
  return { page, status: response?.status() ?? 0, complaints, close: () => context.close() };
}

/** Adds a complaint for every request that leaves our own address. */
function noOffsiteRequests(page: Page, url: string, complaints: string[]): void {
  page.on('request', (request) => {
    const asked = new URL(request.url());
    const inside = asked.origin === url || asked.protocol === 'data:' || asked.protocol === 'blob:';
    if (!inside) complaints.push(`offsite request: ${request.url()}`);
  });
}

/**
 * What axe holds against the page as it stands, one line a rule with the places it is broken at; `rules` are some of
 * axe's, all of them unless named.
 */
export async function axeViolations(page: Page, rules?: readonly string[]): Promise<string[]> {
  // Evaluated and not added as a script tag: the page's own security policy would refuse that, rightly.
  await page.evaluate(axe.source);
  const options = JSON.stringify({ resultTypes: ['violations'], ...(rules ? { runOnly: rules } : {}) });
  const results = await page.evaluate<AxeResults>(`axe.run(document, ${options})`);
  return results.violations.map(({ id, help, nodes }) => {
    return `${id} (${help}): ${nodes.map((node) => node.target.join(' ')).join(', ')}`;
  });
}

/** By how many pixels the document is wider than the window. */
export function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}
