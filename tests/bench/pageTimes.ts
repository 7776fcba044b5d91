import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pageGroups } from '../../src/lib/design/pages.ts';

export interface PageTimes {
  page: string;
  /** 95th percentiles in milliseconds: asked for the first time, with all that comes after, and again. */
  cold: number;
  whole: number;
  warm: number;
}

/** Different addresses asked of each page. */
const ASKED = 40;

const root = fileURLToPath(new URL('../../', import.meta.url));

function serve(warehouse: string): Promise<{ address: string; child: ChildProcess }> {
  return new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      [join(root, 'src/cli/holdfast.js'), 'serve', '--out', warehouse, '--port', '0'],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    child.stdout.on('data', (part: Buffer) => {
      const address = /http:\/\/127\.0\.0\.1:\d+/.exec(part.toString())?.[0];
      if (address) resolve({ address, child });
    });
    child.on('close', (code) => reject(new Error(`the server ended with ${code}`)));
  });
}

async function answered(address: string): Promise<void> {
  // As a browser asks that opens a page.
  const response = await fetch(address, { headers: { 'sec-fetch-dest': 'document' } });
  await response.arrayBuffer();
  if (!response.ok) throw new Error(`${address} answered ${response.status}`);
}

async function timed(address: string): Promise<{ first: number; whole: number }> {
  const started = performance.now();
  await answered(address);
  const first = performance.now() - started;
  // What a page leaves for later it asks for as its data; a page that is whole has it at hand.
  const { origin, pathname, search } = new URL(address);
  await answered(`${origin}${pathname.replace(/\/$/, '')}/__data.json${search}`);
  return { first, whole: performance.now() - started };
}

function percentile95(times: number[]): number {
  const inOrder = times.toSorted((a, b) => a - b);
  return inOrder[Math.ceil(inOrder.length * 0.95) - 1]!;
}

/** Pages that are not asked about spans of days, and how they are asked instead. */
const ownSearch: Record<string, (at: number) => string> = {
  '/data': (at) => `period=all&page=${at + 1}`,
};

interface Answered {
  rows: Record<string, string>[];
}

const day = 86_400_000;
const iso = (time: number) => new Date(time).toISOString().slice(0, 10);

/**
 * Ways to ask that no answer in memory helps with, nor one given to another page: half years that end on different
 * days before the last close, every third one in a region.
 */
async function askings(address: string): Promise<(page: number) => string[]> {
  const ask = async (by: string) =>
    ((await (await fetch(`${address}/api/query?measures=deals&by=${by}`)).json()) as Answered).rows.map(
      (row) => row[by]!,
    );
  const [days, regions] = [await ask('closed_on'), await ask('region')];
  const last = Date.parse(days.toSorted().at(-1)!);
  return (page) =>
    Array.from({ length: ASKED }, (_, index) => {
      const end = last - (index * 17 + page) * day;
      const search = new URLSearchParams({ period: `${iso(end - 182 * day)}..${iso(end)}` });
      if (index % 3 === 2) search.set('region', regions[index % regions.length]!);
      return search.toString();
    });
}

/** How long the server takes for each page there is, over forty ways to ask for it. */
export async function pageTimes(warehouse: string): Promise<PageTimes[]> {
  const { address, child } = await serve(warehouse);
  try {
    const asked = await askings(address);
    const some = async (by: string) =>
      (
        (await (
          await fetch(`${address}/api/query?measures=discount&by=${by}&limit=${ASKED}`)
        ).json()) as Answered
      ).rows.map((row) => encodeURIComponent(row[by]!));
    const hrefs = pageGroups.flatMap((group) => group.pages.map(({ href }) => href));
    const listed = hrefs.map((href, index): [string, string[]] => [
      href,
      asked(index).map((search, at) => `${href}?${ownSearch[href]?.(at) ?? search}`),
    ]);
    const pages: Record<string, string[]> = {
      ...Object.fromEntries(listed),
      '/deals/[id]': (await some('deal_id')).map((id) => `/deals/${id}`),
      '/customers/[id]': (await some('account_id')).map((id) => `/customers/${id}`),
    };
    // What a first visitor warms for all: code, the calendar, the choices of the sentence.
    await timed(`${address}/`);
    const times: PageTimes[] = [];
    for (const [page, addresses] of Object.entries(pages)) {
      const round = async () => {
        const taken = [];
        for (const path of addresses) taken.push(await timed(address + path));
        return {
          first: percentile95(taken.map(({ first }) => first)),
          whole: percentile95(taken.map(({ whole }) => whole)),
        };
      };
      const { first: cold, whole } = await round();
      times.push({ page, cold, whole, warm: (await round()).first });
    }
    return times;
  } finally {
    child.removeAllListeners('close');
    child.kill('SIGTERM');
  }
}
