import { existsSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Command } from 'commander';
import { isByTheseRules } from '../../../pipeline/models/before.ts';
import { Problem } from '../../../pipeline/problem.ts';
import { withPublished } from '../../../pipeline/publish/published.ts';
import { isOwnName, ownNamesOnly } from '../../lib/access/ownName.ts';
import { WrongUsage } from '../failure.ts';
import { methodFolders } from '../methodFolders.ts';
import {
  defaultOut,
  examples,
  publishedAt,
  publishedOption,
  wholeNumber,
  type GlobalOptions,
} from '../options.ts';
import { buildWebApp, root } from '../prepare.js';
import { note, say } from '../terminal.ts';

const here = '127.0.0.1';
/** How many ports after the one asked for are tried where it is taken. */
const tries = 20;

interface ServeOptions extends GlobalOptions {
  out?: string;
  port: number;
  host: string;
  loadInto?: string;
}

/** Listens on the port or one of the next; resolves to the one that was free. */
function listen(server: Server, port: number): Promise<number> {
  return new Promise((done, fail) => {
    let next = port;
    server.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EADDRINUSE' || next >= port + tries || next >= 65535)
        return fail(
          error.code === 'EADDRINUSE' || error.code === 'EACCES'
            ? new Problem(`Port ${port} can't be used, nor those after it.`, 'Choose another with --port.')
            : error,
        );
      next += 1;
      server.listen(next, here);
    });
    server.on('listening', () => done((server.address() as { port: number }).port));
    server.listen(next, here);
  });
}

/** Resolves when the process is asked to end. */
function asked(): Promise<void> {
  return new Promise((done) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => done());
  });
}

async function serve({ out: named, port, host, loadInto }: ServeOptions): Promise<void> {
  if (!['127.0.0.1', 'localhost'].includes(host))
    throw new WrongUsage(
      `Holdfast serves on ${here} only, not on ${host}: it has no access control yet, and whoever reached it could read everything.`,
    );
  const out = publishedAt(named);
  // Without data the dashboard begins with the page that takes files.
  if (existsSync(out)) {
    await withPublished(out, (published) => published.build());
    if (!(await isByTheseRules(out, methodFolders)))
      note(
        `This warehouse was made by another version of Holdfast, so some pages may not answer. Make it anew from what it knows with: holdfast load --out ${out}`,
      );
  }
  const handlerFile = join(root, 'build', 'handler.js');
  if (!existsSync(handlerFile)) buildWebApp(note);

  // Read by the web app as it is imported. The protocol comes in a header that only this server sets.
  process.env.HOLDFAST_WAREHOUSE = resolve(out);
  process.env.HOLDFAST_COMMAND = join(root, 'src', 'cli', 'holdfast.js');
  process.env.PROTOCOL_HEADER = 'x-holdfast-protocol';
  // What was only found, such as the demo company, is looked at and not loaded into.
  const into = loadInto ?? (named === undefined ? defaultOut : undefined);
  if (into !== undefined) process.env.HOLDFAST_LOAD_INTO = resolve(into);
  // Exports of any size are written to disk as they come; the web app itself limits everything else.
  process.env.BODY_SIZE_LIMIT = 'Infinity';
  const { handler } = (await import(pathToFileURL(handlerFile).href)) as { handler: RequestListener };

  const server = createServer((request, response) => {
    if (!isOwnName(request.headers.host)) {
      response.writeHead(403, { 'content-type': 'text/plain; charset=utf-8' });
      return void response.end(ownNamesOnly);
    }
    request.headers['x-holdfast-protocol'] = 'http';
    handler(request, response);
  });
  // A file of several gigabytes may take its time.
  server.requestTimeout = 0;
  const ended = asked();
  const free = await listen(server, port);
  say(`Holdfast is at http://${here}:${free}/`);
  if (!existsSync(out)) note('There is no data yet: drop your exports on that page.');
  await ended;
  server.close();
  server.closeAllConnections();
  // The web app holds the warehouse open, which would keep the process.
  process.exit(0);
}

export function addServe(program: Command): void {
  const command = program
    .command('serve')
    .description(`show the dashboard on ${here}`)
    .option(...publishedOption)
    .option(
      '--port <n>',
      'the port; the next free one where it is taken',
      wholeNumber('--port', 0, 65535),
      4173,
    )
    .option('--load-into <file>', 'where exports given in the browser go, where that is another warehouse')
    .option('--host <address>', `only ${here}, until there is access control`, here)
    .action(async (_: unknown, self: Command) => serve(self.optsWithGlobals<ServeOptions>()));
  examples(command, 'serve', 'serve --out data/warehouse/demo.duckdb --port 8080');
}
