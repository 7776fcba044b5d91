import { quotedIdentifier, quotedString, type DuckDBConnection } from '@duckdb/node-api';
import type { Configuration } from '../configuration/configuration.ts';
import { insertRows } from '../insertRows.ts';
import { runInLanes } from '../lanes.ts';
import { canonicalTables } from '../schema/canonical.ts';
import { describeBuild } from './describe.ts';
import { markOf, type Mark } from './marks.ts';
import { leadingTo } from './model.ts';
import { layGround, modelJobs } from './runModels.ts';
import { createWordTypes } from './words.ts';

/** Weeks before the newest export's of which findings are remembered. Ours: two months tell new from lasting. */
const WEEKS = 8;

/** What people decide in the browser is no export of the company: it moves no day and no finding. */
const decisions = `('Holdfast assessment_answer', 'Holdfast finding_status')`;

const dayOf = (instant: string) =>
  `timezone((select time_zone from meta.build), timezone('UTC', ${instant}))::date`;

/** Every instant at which a file was exported, with its day in the company's time zone. */
const instants = `(select *, ${dayOf('instant')} as day from (
  select source_file_id, recognised_as, path, unnest(list_distinct(list_append(coalesce(also_exported_at, []), exported_at))) as instant
  from raw.source_file where recognised_as not in ${decisions}))`;

async function texts(connection: DuckDBConnection, sql: string): Promise<string[]> {
  return (await connection.runAndReadAll(sql)).getRows().map(([cell]) => String(cell));
}

/** The last export day of each of the weeks before that of the newest export, oldest first. */
const earlierDays = (connection: DuckDBConnection) =>
  texts(
    connection,
    `select day::varchar from (
       select max(day) as day from ${instants}
       where date_trunc('week', day) < date_trunc('week', (select data_on from meta.build))
       group by date_trunc('week', day) order by day desc limit ${WEEKS}
     ) order by day`,
  );

/** What findings as of a day are made from: the files up to then, the settings, the rules. */
async function madeFrom(connection: DuckDBConnection, day: string, ...rest: string[]): Promise<Mark> {
  const files = await texts(
    connection,
    `select concat_ws(' ', source_file_id, recognised_as, path, instant) as file from ${instants}
     where day <= date '${day}' order by file`,
  );
  return markOf(...files, ...rest);
}

const seenColumns =
  'finding_id, kind, deal_id, deal_line_id, account_id, invoice_id, person_id, amount_base, happened_on, act_by, facts';

/** Makes `earlier` look at the raw rows of a build as they stood on the day, without a copy of any. */
async function viewRaw(
  connection: DuckDBConnection,
  whole: string,
  { day, timeZone }: { day: string; timeZone: string },
): Promise<void> {
  await connection.run('create schema raw');
  const upTo = `list_filter(list_distinct(list_append(coalesce(also_exported_at, []), exported_at)),
    lambda instant: timezone(${quotedString(timeZone)}, timezone('UTC', instant))::date <= date '${day}')`;
  await connection.run(
    `create view raw.source_file as
     select * exclude (shown)
       replace (list_max(shown) as exported_at, list_filter(shown, lambda one: one <> list_max(shown)) as also_exported_at)
     from (select *, ${upTo} as shown from ${whole}.raw.source_file)
     where len(shown) > 0`,
  );
  const ofFiles = ['source_file_table', 'source_column', 'rejected_row', 'set_aside_row', 'deleted_row'];
  for (const name of [...ofFiles, ...canonicalTables.map((table) => `${table.name}_row`)]) {
    const table = quotedIdentifier(name);
    await connection.run(
      `create view raw.${table} as select * from ${whole}.raw.${table}
       where source_file_id in (select source_file_id from earlier.raw.source_file)`,
    );
  }
  for (const name of ['finding_day', 'finding_seen'])
    await connection.run(`create table raw.${name} as from ${whole}.raw.${name} limit 0`);
}

/** Keeps what `core.finding_now` holds as what was seen on a day, in the tables of `raw`. */
async function keep(connection: DuckDBConnection, raw: string, day: string, mark: Mark): Promise<void> {
  await connection.run(
    `insert into ${raw}.finding_seen by name
     select date '${day}' as seen_on, ${seenColumns} from core.finding_now`,
  );
  await insertRows(connection, `${raw}.finding_day`, [[day, mark]]);
}

/** Looks for findings as a build of the exports up to `day` would have, and keeps them in this one. */
async function lookBack(
  connection: DuckDBConnection,
  configuration: Configuration,
  day: string,
  mark: Mark,
): Promise<void> {
  const [current = ''] = await texts(connection, 'select current_database()');
  const build = quotedIdentifier(current);
  await connection.run(`attach ':memory:' as earlier`);
  await connection.run('use earlier');
  try {
    await viewRaw(connection, build, { day, timeZone: configuration.timeZone });
    await connection.run('create schema meta');
    const then = { buildId: day, builtAt: `${day}T12:00:00.000Z`, productVersion: '', metrics: [] };
    await describeBuild(connection, configuration, then);
    const { models, types } = await layGround(connection, configuration, { layers: ['core', 'marts'] });
    await createWordTypes(connection, types.outdated);
    const jobs = modelJobs(leadingTo(['core.finding_now'], models), () => {});
    await runInLanes(jobs, [connection]);
    await keep(connection, `${build}.raw`, day, mark);
  } finally {
    await connection.run(`use ${build}`);
    await connection.run('detach database if exists passing');
    await connection.run('detach earlier');
  }
}

/**
 * Sees to it that a new build knows what was found in the weeks before: from the build that it goes on from, where that
 * saw the same exports, else by looking once more at the exports of then. So it makes no difference in which order and
 * grouping exports were loaded. `raw` and `meta.build` have to be there.
 */
export async function recallFindings(
  connection: DuckDBConnection,
  configuration: Configuration,
  rules: Mark,
): Promise<void> {
  const wanted = new Map<string, Mark>();
  const settings = JSON.stringify(configuration);
  for (const day of await earlierDays(connection))
    wanted.set(day, await madeFrom(connection, day, settings, rules));
  const known = await connection.runAndReadAll('select seen_on::varchar, made_from from raw.finding_day');
  for (const [cell, mark] of known.getRows()) {
    const day = String(cell);
    if (wanted.get(day) === mark) {
      wanted.delete(day);
      continue;
    }
    await connection.run(`delete from raw.finding_day where seen_on = date '${day}'`);
    await connection.run(`delete from raw.finding_seen where seen_on = date '${day}'`);
  }
  for (const [day, mark] of wanted) await lookBack(connection, configuration, day, mark);
}

/** Keeps what a build has found, for those after it. */
export async function keepFindings(
  connection: DuckDBConnection,
  configuration: Configuration,
  rules: Mark,
): Promise<void> {
  const [today = ''] = await texts(connection, 'select data_on::varchar from meta.build');
  await keep(
    connection,
    'raw',
    today,
    await madeFrom(connection, today, JSON.stringify(configuration), rules),
  );
}
