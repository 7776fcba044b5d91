import { BadRequest } from '../../metrics/badRequest.ts';

/** What the reader may set on the page about who should own what; thresholds are ours, none is from a document. */
export interface OwnershipSettings {
  /** 1–4; null takes the organisation's stage as configured, day by day. */
  stage: number | null;
  /** Contract amounts, in the reporting currency, where the middle band begins and the large one does. */
  bands: [number, number];
  /** A sales cycle of this many days or more is long. */
  cycle: number;
  /** From this share of expansion on, "new sales" outweigh "more of the same". */
  newSales: number;
  /** What growth by features counts as: document 002 calls it both. */
  features: 'same' | 'new';
  /** A delivery manager who joins fewer days than this before the close is late. */
  late: number;
}

export const standardSettings: OwnershipSettings = {
  stage: null,
  bands: [50_000, 100_000],
  cycle: 90,
  newSales: 0.5,
  features: 'same',
  late: 30,
};

function read(search: URLSearchParams, name: string, from: number, to: number): number | null {
  const text = search.get(name);
  if (text === null) return null;
  const value = /^\d{1,12}(\.\d{1,4})?$/.test(text) ? Number(text) : NaN;
  if (!(value >= from && value <= to))
    throw new BadRequest(name, `"${text}" is not a number from ${from} to ${to}.`, [`${from}..${to}`]);
  return value;
}

/** Reads the page's settings from its address. Throws BadRequest naming the parameter that can't be read. */
export function readSettings(search: URLSearchParams): OwnershipSettings {
  const stage = read(search, 'at_stage', 1, 4);
  if (stage !== null && !Number.isInteger(stage))
    throw new BadRequest('at_stage', `"${stage}" is no stage.`, ['1', '2', '3', '4']);
  const small = read(search, 'band_from', 1, 1e12) ?? standardSettings.bands[0];
  const large = read(search, 'band_to', 1, 1e12) ?? standardSettings.bands[1];
  if (small >= large) throw new BadRequest('band_to', 'The large band begins above the middle one.');
  const features = search.get('features') ?? standardSettings.features;
  if (features !== 'same' && features !== 'new')
    throw new BadRequest('features', `"${features}" is not one of the choices.`, ['same', 'new']);
  const percent = read(search, 'new_sales', 0, 100);
  return {
    stage,
    bands: [small, large],
    cycle: read(search, 'cycle', 1, 2000) ?? standardSettings.cycle,
    newSales: percent === null ? standardSettings.newSales : percent / 100,
    features,
    late: read(search, 'late', 0, 2000) ?? standardSettings.late,
  };
}
