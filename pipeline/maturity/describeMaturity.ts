import type { DuckDBConnection } from '@duckdb/node-api';
import { insertRows } from '../insertRows.ts';
import { canonicalTable } from '../schema/canonical.ts';
import { maturityModel } from './indicators.ts';

/** A need may be met by one of several tables: "deal_snapshot or deal_event". */
const eitherOf = (need: string): string[] => need.split(' or ');

async function loadedAmong(connection: DuckDBConnection, tables: string[]): Promise<Set<string>> {
  const loaded = new Set<string>();
  for (const table of tables) {
    // Only names of our own tables become part of a query.
    if (!canonicalTable(table)) throw new Error(`data/maturity/indicators.yaml: "${table}" is no table.`);
    const found = await connection.runAndReadAll(`select 1 from latest."${table}" limit 1`);
    if (found.currentRowCount > 0) loaded.add(table);
  }
  return loaded;
}

/** Writes the maturity model into `meta`, with which of the tables that its figures need hold rows. */
export async function describeMaturity(connection: DuckDBConnection): Promise<void> {
  const { indicators, rules, whole } = maturityModel();
  const gates = indicators.flatMap((indicator) => indicator.gates);
  const needed = gates.flatMap((gate) => gate.needs.flatMap(eitherOf));
  const loaded = await loadedAmong(connection, [...new Set(needed)]);
  await insertRows(
    connection,
    'meta.maturity_indicator',
    indicators.map((one, position) => [
      one.id,
      position,
      one.domain,
      one.label,
      one.statement,
      one.source,
      one.who,
      one.kind,
      one.evidence,
    ]),
  );
  await insertRows(
    connection,
    'meta.maturity_gate',
    gates.map((gate) => [
      gate.indicatorId,
      gate.level,
      gate.kind,
      gate.figure,
      gate.words,
      gate.bar,
      gate.threshold,
      gate.compared,
      gate.isStandIn,
      gate.needs.join(', '),
      gate.needs.every((need) => eitherOf(need).some((table) => loaded.has(table))),
    ]),
  );
  await insertRows(connection, 'meta.maturity_rule', Object.entries(rules));
  await insertRows(connection, 'meta.maturity_model', [[JSON.stringify(whole)]]);
}
