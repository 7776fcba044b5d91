import { BadRequest } from '../../metrics/badRequest.ts';

/** What is set beside others of its kind. */
export interface UnitKind {
  id: 'rep' | 'manager' | 'region';
  /** Dimensions that tell one from another, and name it. */
  key: string;
  name: string;
  one: string;
  several: string;
}

export const unitKinds: readonly UnitKind[] = [
  { id: 'rep', key: 'rep_id', name: 'rep_name', one: 'rep', several: 'reps' },
  { id: 'manager', key: 'manager_id', name: 'manager_name', one: 'manager', several: 'managers' },
  { id: 'region', key: 'region', name: 'region', one: 'region', several: 'regions' },
];

/** Whose deals a rep's are held against: those of the same region, or all. */
export type Against = 'region' | 'company';

function chosen<Choice extends string>(search: URLSearchParams, name: string, choices: Choice[]): Choice {
  const value = search.get(name) ?? choices[0]!;
  if (!choices.includes(value as Choice))
    throw new BadRequest(name, `"${value}" is not one of the choices.`, choices);
  return value as Choice;
}

export interface TeamChoice {
  kind: UnitKind;
  against: Against;
  /** Discounts that someone decided, or all of them. */
  discounts: 'discretionary' | 'all';
}

/** What the page of teams is to compare, as its address says. Throws BadRequest for what is no choice. */
export function teamChoice(search: URLSearchParams): TeamChoice {
  const id = chosen(search, 'unit', ['rep', 'manager', 'region']);
  return {
    kind: unitKinds.find((kind) => kind.id === id)!,
    against: chosen(search, 'against', ['region', 'company']),
    discounts: chosen(search, 'discounts', ['discretionary', 'all']),
  };
}
