import { spawn } from 'node:child_process';
import { gzipSync } from 'node:zlib';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { findChromium } from '../chromium.js';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** JavaScript that a first visit to a page brings, gzipped, in kB; null where there is no browser. */
export async function scriptSent(warehouse: string, page: string): Promise<number | null> {
  const executablePath = await findChromium(() => {});
  if (!executablePath) return null;
  const server = spawn(
    process.execPath,
    [join(root, 'src/cli/holdfast.js'), 'serve', '--out', warehouse, '--port', '0'],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const address = await new Promise<string>((resolve) => {
    server.stdout.on('data', (part: Buffer) => {
      const found = /http:\/\/127\.0\.0\.1:\d+/.exec(part.toString())?.[0];
      if (found) resolve(found);
    });
  });
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
  try {
    const view = await browser.newPage();
    let bytes = 0;
    const counted: Promise<void>[] = [];
    view.on('response', (response) => {
      if (!response.headers()['content-type']?.includes('javascript')) return;
      counted.push(response.body().then((body) => void (bytes += gzipSync(body).length)));
    });
    await view.goto(address + page, { waitUntil: 'networkidle' });
    await Promise.all(counted);
    return bytes / 1000;
  } finally {
    await browser.close();
    server.kill('SIGTERM');
  }
}
