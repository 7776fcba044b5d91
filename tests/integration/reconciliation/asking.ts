import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BuildReport } from '../../../pipeline/build.ts';
import { answer, type Answer, type AnswerRow } from '../../../src/lib/metrics/answer.ts';
import { everything, parseRequest } from '../../../src/lib/metrics/request.ts';
import type { Warehouse } from '../../../src/lib/warehouse/warehouse.ts';
import { fingerprint, root } from '../../../src/cli/prepare.js';
import { holdfast } from '../../demoWarehouse.ts';
import { madeOnce } from '../../madeOnce.ts';
import { mapping } from './outsideData.ts';

/** A folder of its own, gone again when the file's tests are over (call it where `remove` is registered). */
export function scratchFolder(): { folder: string; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-reconciliation-'));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** `holdfast load PATH… --json`: the report, of a load that has to succeed. */
export async function load(out: string, config: string | null, ...paths: string[]): Promise<BuildReport> {
  const configured = config === null ? [] : ['--config', config];
  const report = JSON.parse(
    await holdfast('load', ...paths, ...configured, '--out', out, '--json'),
  ) as BuildReport;
  if (!report.published) throw new Error(report.problems.join('\n'));
  return report;
}

/**
 * A warehouse of a set of outside data read by the mapping of its name, and the report of its load: made once for the
 * sources as they are, and shared by the tests that only read it.
 */
export async function loadedOnce(name: string): Promise<{ out: string; report: BuildReport }> {
  const data = join('..', 'shared', 'data', name);
  const sources = [
    'pipeline',
    'src',
    'data/maturity',
    'package-lock.json',
    `tests/mappings/${name}.yaml`,
    data,
  ];
  const mark = fingerprint(sources, (path) => path !== 'src/routes' && !path.endsWith('.test.ts'));
  const folder = join(root, 'node_modules', '.cache', 'holdfast', `${name}-${mark.slice(0, 16)}`);
  await madeOnce(folder, async (aside) => {
    const report = await load(join(aside, 'w.duckdb'), mapping(name), join(root, data));
    writeFileSync(join(aside, 'report.json'), JSON.stringify(report));
  });
  const report = JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8')) as BuildReport;
  return { out: join(folder, 'w.duckdb'), report };
}

const options = ['measures', 'by', 'compare', 'sort', 'limit'];

/** A request as URLs write it (`measures=discount&by=region&segment!=SMB`), as arguments of `holdfast query`. */
export function asArguments(request: string): string[] {
  return [...new URLSearchParams(request)].flatMap(([name, value]) =>
    options.includes(name) ? [`--${name}`, value] : ['--where', `${name}=${value}`],
  );
}

/** Asks by the command, as a person does. */
export async function ask(warehouse: string, request: string): Promise<Answer> {
  return JSON.parse(
    await holdfast('query', ...asArguments(request), '--out', warehouse, '--format', 'json'),
  ) as Answer;
}

/** Asks the same of an open warehouse, without a process of its own. */
export function askHere(warehouse: Warehouse, request: string): Promise<Answer> {
  return answer(warehouse, parseRequest(new URLSearchParams(request)), everything);
}

export type { Answer, AnswerRow };
