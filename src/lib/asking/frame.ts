import { month, rate } from '../design/formats.ts';
import type { AskedState, Frame } from '../design/frame.ts';
import { answer } from '../metrics/answer.ts';
import { parseRequest, type Scope } from '../metrics/request.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';

/** The frame before anything was loaded. */
export const emptyFrame: Frame = {
  buildId: null,
  builtAt: null,
  currency: 'USD',
  checks: { passed: 0, failed: 0, warned: 0, total: 0 },
  coverageText: '',
  calendarText: '',
  asked: { parts: [] },
  empty: true,
};

interface CheckCounts {
  passed: number;
  failed: number;
  warned: number;
  total: number;
}

/** What the frame around every page says of the build: how far its numbers can be trusted. */
export async function frameOf(warehouse: Warehouse, asked: AskedState, scope: Scope): Promise<Frame> {
  const { build } = warehouse;
  const [[checks], coverage] = await Promise.all([
    warehouse.remember('checks', () =>
      warehouse.rows<CheckCounts>(
        `select count(*) filter (passed) as passed,
           count(*) filter (not passed and severity = 'block') as failed,
           count(*) filter (not passed and severity = 'warn') as warned,
           count(*) as total
         from meta.check_result`,
      ),
    ),
    answer(warehouse, parseRequest(new URLSearchParams('measures=list_coverage')), scope),
  ]);
  const known = coverage.totals.list_coverage;
  const start = month(`2000-${String(build.fiscal_year_start).padStart(2, '0')}`).split(' ')[0];
  return {
    buildId: build.build_id,
    builtAt: build.built_at,
    currency: build.currency,
    timeZone: build.time_zone,
    checks: checks!,
    coverageText:
      typeof known === 'number' ? `list price known for ${rate(known, 0)} of net` : 'nothing won yet',
    calendarText:
      build.calendar === 'months'
        ? `fiscal year from ${start}`
        : `${build.calendar} weeks, fiscal year from about 1 ${start}`,
    asked,
    empty: false,
  };
}
