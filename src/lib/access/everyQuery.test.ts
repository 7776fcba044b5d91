import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const src = fileURLToPath(new URL('../..', import.meta.url));

/** Queries that are the same for every reader, by file and function, each with why. */
const sameForAll: Record<string, string> = {
  'lib/asking/frame.ts frameOf': 'how many checks hold; their rows are asked for elsewhere',
  'lib/questions/notLoaded.ts notLoaded': 'which tables the build has no row of',
  'lib/questions/toDate.ts toDate': 'the fiscal calendar; what was spent comes from the semantic layer',
  'lib/questions/waterfall.ts kindsLoaded': 'which kinds of concession are loaded at all, without amounts',
  'lib/records/loaded.ts loadedTables': 'which tables and fields the build has',
  'lib/records/sample.ts answerSample': 'whether the file can be read; the answer is thrown away',
};

/** Where a reader of everything may be named: who asks is decided there, or it makes no difference. */
const namesEverything: Record<string, string> = {
  'hooks.server.ts': 'says who asks',
  'cli/commands/query.ts': 'whoever runs the command line can read the file itself',
  'lib/access/scope.ts': 'defines it',
  'lib/metrics/request.ts': 'passes it on',
  'lib/asking/standardPeriod.ts': 'the default period is one for all, so that a link means the same to each',
};

const narrowing =
  /\b(repSeen|dealSeen|lineSeen|customerSeen|mustSeeEverything|compile|compileFor|sliceQuery)\(/;

const sources = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .map((path) => path.split(sep).join('/'))
  .filter((path) => /\.ts$/.test(path) && !/\.test\.ts$/.test(path) && !path.startsWith('lib/warehouse/'))
  .map((path) => ({ path, text: readFileSync(join(src, path), 'utf8') }));

const parsed = (path: string, text: string) => ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);

/** Whether a reader of everything is named, or made on the spot. */
const namesIt = (node: ts.Node): boolean =>
  (ts.isIdentifier(node) && node.text === 'everything') ||
  (ts.isPropertyAssignment(node) && /^kind: .everything.$/.test(node.getText())) ||
  node.getChildren().some(namesIt);

interface Query {
  where: string;
  /** The outermost function around it. */
  body: string;
  takesScope: boolean;
  /** What an answer is remembered by; null where it is asked every time. */
  key: string | null;
}

function queriesOf({ path, text }: { path: string; text: string }): Query[] {
  const found: Query[] = [];
  const visit = (node: ts.Node): void => {
    const called = ts.isCallExpression(node) ? node.expression : null;
    if (
      called &&
      ts.isPropertyAccessExpression(called) &&
      ['rows', 'remember', 'writeParquet'].includes(called.name.text)
    ) {
      const around: ts.Node[] = [];
      for (let up: ts.Node = node; !ts.isSourceFile(up); up = up.parent) around.push(up);
      const top = around.at(-1)!;
      const makers = around.filter((one) => ts.isFunctionLike(one));
      const name = ts.isFunctionDeclaration(top)
        ? top.name?.text
        : /^(?:export )?const (\w+)/.exec(top.getText())?.[1];
      found.push({
        where: `${path} ${name}`,
        body: top.getText(),
        takesScope: makers.some((one) => one.parameters.some((it) => it.name.getText() === 'scope')),
        key: called.name.text === 'remember' ? (node as ts.CallExpression).arguments[0]!.getText() : null,
      });
    }
    ts.forEachChild(node, visit);
  };
  visit(parsed(path, text));
  return found;
}

const queries = sources.flatMap(queriesOf);
const narrowed = queries.filter(({ where }) => !(where in sameForAll));

describe('every query of the published file', () => {
  it('is found', () => {
    expect(queries.length).toBeGreaterThan(25);
    expect(
      Object.keys(sameForAll).filter((where) => queries.every((query) => query.where !== where)),
    ).toEqual([]);
  });

  it('takes the scope of the reader', () => {
    expect(narrowed.filter(({ takesScope }) => !takesScope).map(({ where }) => where)).toEqual([]);
  });

  it('narrows by it as said in one place', () => {
    const asked = narrowed.filter(({ key, body }) => key === null && !narrowing.test(body));
    expect(asked.map(({ where }) => where)).toEqual([]);
  });

  it('is remembered for that scope alone', () => {
    const shared = narrowed.filter(({ key }) => key !== null && !/scope|parameters/.test(key));
    expect(shared.map(({ where, key }) => `${where}: ${key}`)).toEqual([]);
  });
});

it('is nowhere asked as someone who sees everything, but where that is decided', () => {
  const named = sources.filter(({ path, text }) => namesIt(parsed(path, text))).map(({ path }) => path);
  expect(named.toSorted()).toEqual(Object.keys(namesEverything).toSorted());
});

it('would not get past these tests unnarrowed', () => {
  const text = `
    export const all = (warehouse: Warehouse) => warehouse.rows('select 1');
    function one(warehouse: Warehouse, scope: Scope) { return warehouse.remember('one', () => 1); }
    export async function two(warehouse: Warehouse, scope: Scope) {
      return [1].map(() => warehouse.rows(repSeen(scope, 'rep_id').test));
    }`;
  const found = queriesOf({ path: 'x.ts', text });
  expect(found.map(({ where, takesScope, key }) => [where, takesScope, key])).toEqual([
    ['x.ts all', false, null],
    ['x.ts one', true, "'one'"],
    ['x.ts two', true, null],
  ]);
  expect(found.map(({ body }) => narrowing.test(body))).toEqual([false, false, true]);
  expect(namesIt(parsed('x.ts', `answer(warehouse, request, everything)`))).toBe(true);
  expect(namesIt(parsed('x.ts', `ask({ kind: 'everything' })`))).toBe(true);
  expect(namesIt(parsed('x.ts', `scope.kind === 'everything' // sees everything`))).toBe(false);
});
