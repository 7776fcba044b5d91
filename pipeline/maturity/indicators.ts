import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

export type Bar = 'at least' | 'more than' | 'at most';

/** What one indicator asks at one level. */
export interface Gate {
  indicatorId: string;
  /** 1 good, 2 great, 3 elite. */
  level: number;
  kind: 'assessed' | 'computed';
  figure: string | null;
  words: string;
  bar: Bar;
  threshold: number;
  compared: 'figure' | 'lower bound' | 'upper bound';
  isStandIn: boolean;
  needs: string[];
}

export interface Indicator {
  id: string;
  domain: string;
  label: string;
  statement: string;
  source: string;
  who: string;
  kind: 'assessed' | 'computed' | 'both';
  evidence: string | null;
  gates: Gate[];
}

export interface MaturityModel {
  indicators: Indicator[];
  rules: Record<string, number>;
  /** Everything in the file, as it stands. */
  whole: object;
}

interface ComputedEntry {
  figure: string;
  words: string;
  at_least?: Record<string, number>;
  at_most?: Record<string, number>;
  strictly?: boolean;
  compared?: Gate['compared'];
}

interface IndicatorEntry {
  id: string;
  domain: string;
  label: string;
  statement: string;
  source: string;
  who: string;
  evidence?: string;
  needs?: string[];
  assessed_where_not_computed?: boolean;
  assessed?: { needs: Record<string, number>; answers: string[] };
  computed?: ComputedEntry[];
}

interface ModelFile {
  levels: string[];
  domains: Record<string, unknown>;
  indicators: IndicatorEntry[];
  [rule: string]: unknown;
}

const file = new URL('../../data/maturity/indicators.yaml', import.meta.url);

function fault(entry: IndicatorEntry, what: string): Error {
  return new Error(`data/maturity/indicators.yaml: ${entry.id} ${what}.`);
}

function gatesOf(entry: IndicatorEntry, levels: string[]): Gate[] {
  const isStandIn = entry.assessed_where_not_computed ?? false;
  const needs = entry.needs ?? [];
  const common = { indicatorId: entry.id, isStandIn, needs };
  const indexOf = (level: string) => {
    const index = levels.indexOf(level);
    if (index < 1) throw fault(entry, `gates "${level}", which is no level above ${levels[0]}`);
    return index;
  };
  const assessed = Object.entries(entry.assessed?.needs ?? {}).map(([level, threshold]): Gate => ({
    ...common,
    level: indexOf(level),
    kind: 'assessed',
    figure: null,
    words: 'Median answer, from 0 to 3',
    bar: 'at least',
    threshold,
    compared: 'figure',
  }));
  const computed = (entry.computed ?? []).flatMap((one) => {
    const thresholds = one.at_least ?? one.at_most ?? {};
    const bar: Bar = one.at_most ? 'at most' : one.strictly ? 'more than' : 'at least';
    return Object.entries(thresholds).map(([level, threshold]): Gate => ({
      ...common,
      level: indexOf(level),
      kind: 'computed',
      figure: one.figure,
      words: one.words,
      bar,
      threshold,
      compared: one.compared ?? 'figure',
    }));
  });
  return [...assessed, ...computed];
}

function indicatorOf(entry: IndicatorEntry, model: ModelFile): Indicator {
  if (!(entry.domain in model.domains)) throw fault(entry, `is of no domain "${entry.domain}"`);
  if (entry.assessed && entry.assessed.answers.length !== model.levels.length)
    throw fault(entry, `needs ${model.levels.length} answers to choose from`);
  const gates = gatesOf(entry, model.levels);
  if (gates.length === 0) throw fault(entry, 'gates no level');
  const kind = entry.assessed && entry.computed ? 'both' : entry.assessed ? 'assessed' : 'computed';
  const { id, domain, label, statement, source, who, evidence = null } = entry;
  return { id, domain, label, statement, source, who, kind, evidence, gates };
}

/**
 * The maturity model from its text, in the order of the file. Throws where an indicator names a domain or a level that
 * there is not, or gates nothing.
 */
export function parseMaturityModel(text: string): MaturityModel {
  const whole = parse(text) as ModelFile;
  const rules = Object.fromEntries(
    Object.entries(whole).filter((entry): entry is [string, number] => typeof entry[1] === 'number'),
  );
  return { indicators: whole.indicators.map((entry) => indicatorOf(entry, whole)), rules, whole };
}

/** The maturity model of this product version. */
export const maturityModel = (): MaturityModel => parseMaturityModel(readFileSync(file, 'utf8'));
