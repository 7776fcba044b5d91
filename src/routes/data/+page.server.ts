import { error } from '@sveltejs/kit';
import { buildDetail } from '$lib/records/data/build.ts';
import { keptBuilds } from '$lib/records/data/builds.ts';
import { checkResults } from '$lib/records/data/checks.ts';
import { fieldCoverage, tableCoverage } from '$lib/records/data/coverage.ts';
import { fileDetail, sourceFiles, unreadFiles } from '$lib/records/data/files.ts';
import { whatFeeds } from '$lib/records/data/fed.ts';
import { leftOutRows, reasons } from '$lib/records/data/leftOut.ts';
import { exportReach } from '$lib/records/data/reach.ts';
import { restated } from '$lib/records/data/restated.ts';
import { readShown, shownOf } from '$lib/records/data/shown.ts';
import { checksInWords, findingOf } from '$lib/records/data/words.ts';
import { readPage } from '$lib/records/dealList.ts';
import { orRefuse } from '$lib/records/orRefuse.ts';
import { onceEach } from '$lib/records/refusal.ts';
import { currentWarehouse } from '$lib/warehouse/current.ts';
import { whichOf } from './which.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ url, locals: { scope } }) =>
  orRefuse(async () => {
    onceEach(url.searchParams);
    const shown = readShown(url.searchParams.get('show'));
    const page = readPage(url.searchParams.get('page'));
    const warehouse = await currentWarehouse();
    const which = whichOf(url.searchParams);
    const asked = {
      file: shownOf(shown, 'file'),
      table: shownOf(shown, 'table'),
      check: shownOf(shown, 'check'),
    };
    const [
      build,
      builds,
      { files, totals },
      unread,
      checks,
      tables,
      found,
      why,
      fed,
      past,
      reach,
      file,
      fields,
    ] = await Promise.all([
      buildDetail(warehouse, scope),
      keptBuilds(warehouse.file, scope),
      sourceFiles(warehouse, scope),
      unreadFiles(warehouse, scope),
      checkResults(warehouse, scope),
      tableCoverage(warehouse, scope),
      leftOutRows(warehouse, which, page, scope),
      reasons(warehouse, scope),
      whatFeeds(warehouse, scope),
      restated(warehouse, scope),
      exportReach(warehouse, scope),
      asked.file === null ? null : fileDetail(warehouse, asked.file, scope),
      asked.table === null ? null : fieldCoverage(warehouse, asked.table, scope),
    ]);
    const check = checks.find(({ id }) => id === asked.check) ?? null;
    if (shown && shown.kind !== 'rows' && !file && !check && !fields?.length)
      error(404, {
        message: `There is no such ${shown.kind}.`,
        remedy: 'The page of sources lists them all.',
      });
    return {
      finding: findingOf(files.length, totals),
      checksInWords: checksInWords(checks),
      build,
      builds: builds.map(({ file: _file, stamp: _stamp, ...rest }) => rest),
      files,
      unread,
      totals,
      checks: checks.map(({ rows, ...rest }) => ({ ...rest, count: rows.length })),
      check,
      tables: tables.filter(({ rows }) => rows > 0),
      absent: tables.filter(({ rows }) => rows === 0),
      leftOut: found,
      which,
      reasons: why,
      fed,
      restated: past,
      reach,
      file,
      fields: fields && asked.table !== null ? { table: asked.table, rows: fields } : null,
    };
  });
