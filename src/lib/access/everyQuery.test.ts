import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const src = fileURLToPath(new URL('../..', import.meta.url));

/** Queries that are the same for every reader, by file and function, each with why. */
const sameForAll: Record<string, string> = {
  'lib/asking/frame.ts frameOf': 'how many checks hold; their rows are asked for elsewhere',
  'lib/questions/maturity/model.ts maturityModel': 'the model, not how anyone stands on it',
  'lib/questions/notLoaded.ts notLoaded': 'which tables the build has no row of',
  'lib/questions/ownership/recordedEnds.ts recordedEnds':
    'since when ends of roles are recorded at all, of no account',
  'lib/questions/ownership/stage.ts stagesAndRules':
    'the configuration, and who has to own what by a document',
  'lib/questions/toDate.ts daysOf': 'the fiscal calendar; what was spent comes from the semantic layer',
  'lib/questions/waterfall/offInvoice.ts kindsLoaded':
    'which kinds of concession are loaded at all, without amounts',
  'lib/questions/waterfall.ts hasCost': 'whether any unit cost is loaded, without amounts',
  'lib/questions/profit/leverage.ts monthsBegun':
    'the months in which periods of the income statement begin, without amounts',
  'lib/questions/waterfall/basis.ts hasBills': 'whether any bill is loaded, without amounts',
  'lib/questions/value/network.ts drawn': 'the value network as the company drew it, of no customer',
  'lib/asking/sentence.ts hasSplits': 'whether any deal has revenue splits, not which',
  'lib/questions/exchangeRates.ts hasOthers': 'whether anything is in another currency, without amounts',
  'lib/questions/budget.ts hasBudget': 'whether any budget is given at all, without amounts',
  'lib/questions/discipline/policy.ts policy': 'the policy itself, of no deal',
  'lib/questions/discipline/splits.ts anyDollarLimit': 'whether the policy has a limit in dollars',
  'lib/questions/discipline/inPeriod.ts inPeriod': 'the first and the last close of all, of no deal',
  'lib/questions/restatement.ts isKept': 'whether the build has the table at all',
  'lib/records/loaded.ts loadedTables': 'which tables and fields the build has',
  'lib/records/sample.ts answerSample': 'whether the file can be read; the answer is thrown away',
};

/** Where a reader of everything may be named: who asks is decided there, or it makes no difference. */
const namesEverything: Record<string, string> = {
  'hooks.server.ts': 'says who asks',
  'cli/commands/query.ts': 'whoever runs the command line can read the file itself',
  'cli/commands/status.ts': 'the same',
  'cli/compareBuilds.ts': 'the same',
  'lib/access/scope.ts': 'defines it',
  'lib/metrics/request.ts': 'passes it on',
  'lib/questions/maturity/methodFigures.ts': 'works for the build that is being made, not for a reader',
  'lib/asking/standardPeriod.ts': 'the default period is one for all, so that a link means the same to each',
};

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
  takesScope: boolean;
  /** Whether that function hands the scope on: to what narrows the query, or refuses it. */
  passesScope: boolean;
  /** What an answer is remembered by, with what its names stand for; null where it is asked every time. */
  key: string | null;
}

const passesScope = (node: ts.Node): boolean =>
  (ts.isCallExpression(node) &&
    node.expression.getText() !== 'JSON.stringify' &&
    node.arguments.some((one) => one.getText() === 'scope')) ||
  node.getChildren().some(passesScope);

/** A key's text, followed by what the names in it are set to in the function around it. */
function spelledOut(key: ts.Node, around: ts.Node): string {
  const said = [key.getText()];
  const visit = (node: ts.Node): void => {
    if (ts.isVariableDeclaration(node) && new RegExp(`\\b${node.name.getText()}\\b`).test(said[0]!))
      said.push(node.initializer?.getText() ?? '');
    node.getChildren().forEach(visit);
  };
  visit(around);
  return said.join(' ');
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
        takesScope: makers.some((one) => one.parameters.some((it) => it.name.getText() === 'scope')),
        passesScope: passesScope(top),
        key:
          called.name.text === 'remember' ? spelledOut((node as ts.CallExpression).arguments[0]!, top) : null,
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

  const cure = 'take `scope` and narrow by src/lib/access/scope.ts, or say in sameForAll why it is for all';

  it('takes the scope of the reader', () => {
    const unasked = narrowed.filter(({ takesScope }) => !takesScope);
    expect(
      unasked.map(({ where }) => where),
      cure,
    ).toEqual([]);
  });

  it('hands it on to what narrows it, which nobody does in their own way', () => {
    const dropped = narrowed.filter(({ key, passesScope }) => key === null && !passesScope);
    expect(
      dropped.map(({ where }) => where),
      cure,
    ).toEqual([]);
    const own = sources.filter(({ path, text }) => path !== 'lib/access/scope.ts' && /scope\.ids/.test(text));
    expect(own.map(({ path }) => path)).toEqual([]);
  });

  it('is remembered for that scope alone', () => {
    const shared = narrowed.filter(({ key }) => key !== null && !/scope|parameters/.test(key));
    expect(
      shared.map(({ where, key }) => `${where}: ${key}`),
      'put the scope into the key',
    ).toEqual([]);
  });
});

it('is nowhere asked as someone who sees everything, but where that is decided', () => {
  const named = sources.filter(({ path, text }) => namesIt(parsed(path, text))).map(({ path }) => path);
  expect(named.toSorted()).toEqual(Object.keys(namesEverything).toSorted());
});

it('would not get past these tests unnarrowed', () => {
  const text = `
    export const all = (warehouse: Warehouse) => warehouse.rows('select 1');
    function one(warehouse: Warehouse, scope: Scope) {
      const asked = JSON.stringify(scope);
      return warehouse.remember(\`one \${asked}\`, () => 1);
    }
    export async function two(warehouse: Warehouse, scope: Scope) {
      return [1].map(() => warehouse.rows(repSeen(scope, 'rep_id').test));
    }`;
  expect(queriesOf({ path: 'x.ts', text })).toEqual([
    { where: 'x.ts all', takesScope: false, passesScope: false, key: null },
    { where: 'x.ts one', takesScope: true, passesScope: false, key: '`one ${asked}` JSON.stringify(scope)' },
    { where: 'x.ts two', takesScope: true, passesScope: true, key: null },
  ]);
  expect(namesIt(parsed('x.ts', `answer(warehouse, request, everything)`))).toBe(true);
  expect(namesIt(parsed('x.ts', `ask({ kind: 'everything' })`))).toBe(true);
  expect(namesIt(parsed('x.ts', `scope.kind === 'everything' // sees everything`))).toBe(false);
});
