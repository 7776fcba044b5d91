// `npm run pollock`: the whole of the Pollock benchmark, its own files where they are there and every file with a
// spoiled row made anew, with the kinds that are read worst.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { hasPollock, scoreFolder, scoreMade } from './reading.ts';
import { overall } from './score.ts';

const scratch = mkdtempSync(join(tmpdir(), 'pollock-'));
const instance = await DuckDBInstance.create(':memory:');
const connection = await instance.connect();

function say(title: string, scores: Map<string, number>): void {
  const { simple, weighted } = overall(scores);
  console.log(`${title}: ${scores.size} files, simple ${simple.toFixed(4)}, weighted ${weighted.toFixed(4)}`);
  const kinds = new Map<string, number[]>();
  for (const [name, score] of scores) {
    const kind = name.replace(/(?:_row|_)?\d+(?=_(?:col|0x))/, '');
    kinds.set(kind, [...(kinds.get(kind) ?? []), score]);
  }
  for (const [kind, all] of [...kinds].sort()) {
    const mean = all.reduce((sum, score) => sum + score, 0) / all.length;
    if (mean < 9.99999)
      console.log(`  ${kind}: ${mean.toFixed(4)} (${all.length}, worst ${Math.min(...all).toFixed(3)})`);
  }
  if (process.env.WORST)
    console.log(
      [...scores]
        .filter(([, score]) => score < 9.999)
        .map(([name, score]) => `    ${name} ${score.toFixed(3)}`)
        .join('\n'),
    );
}

try {
  say('Our own table', await scoreMade(connection, scratch, 'own'));
  if (hasPollock) {
    const own = await scoreFolder(connection, scratch);
    say('The benchmark’s files that are here', own);
    const made = await scoreMade(connection, scratch, 'benchmark');
    say('The whole benchmark', new Map([...made, ...own]));
  }
} finally {
  connection.closeSync();
  instance.closeSync();
  rmSync(scratch, { recursive: true });
}
