import type { Scope } from '../../access/scope.ts';
import type { Asking } from '../../asking/asking.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import { ask, numberIn, textIn } from './asked.ts';
import { layersOf, type Link } from './layers.ts';

export interface NetworkOutcome {
  id: string;
  name: string;
  kind: 'differentiation' | 'outcome' | 'final';
  personas: string[];
  /** Recorded in what is asked for; null for what is not final. */
  value: number | null;
  confirmed: number | null;
  deals: number;
  leadsTo: string[];
  layer: number;
  place: number;
}

export interface Network {
  outcomes: NetworkOutcome[];
  /** Final outcomes that no deal has a value for. */
  unvalued: string[];
  circles: number;
  links: number;
}

interface PlaceRow {
  outcome_id: string;
  name: string;
  kind: string;
  personas: string | null;
  circle: string;
  is_final: boolean;
}

/** The network as the company drew it: the same for every reader, and of no customer. */
function drawn(warehouse: Warehouse): Promise<[PlaceRow[], Link[]]> {
  return warehouse.remember('value network', () =>
    Promise.all([
      warehouse.rows<PlaceRow>(
        `select outcome_id, name, kind, personas, circle, is_final from core.value_place
         where outcome_id in (select outcome_id from core.value_outcome
           union all select from_outcome_id from core.value_link union all select to_outcome_id from core.value_link)
         order by kind <> 'differentiation', is_final, outcome_id`,
      ),
      warehouse.rows<{ from: string; to: string }>(
        `select distinct from_outcome_id as "from", to_outcome_id as "to" from core.value_link
         where from_outcome_id is not null and to_outcome_id is not null order by 1, 2`,
      ),
    ]),
  );
}

/** The value network with what is recorded on its final outcomes; null where none is loaded. */
export async function network(warehouse: Warehouse, asking: Asking, scope: Scope): Promise<Network | null> {
  const [[places, links], worth] = await Promise.all([
    drawn(warehouse),
    ask(warehouse, asking, scope, {
      measures: ['value_recorded', 'value_confirmed', 'deals_with_value'],
      by: ['outcome_id'],
    }),
  ]);
  if (places.length === 0) return null;
  const final = new Set(places.flatMap(({ outcome_id, is_final }) => (is_final ? [outcome_id] : [])));
  const placed = new Map(
    layersOf(
      places.map(({ outcome_id }) => outcome_id),
      links,
      final,
    ).map((one) => [one.id, one]),
  );
  const rows = new Map(worth.rows.map((row) => [textIn(row, 'outcome_id'), row]));
  const outcomes = places.map(({ outcome_id: id, name, kind, personas, is_final }): NetworkOutcome => {
    const row = rows.get(id);
    const amount = (measure: string) => (is_final ? ((row && numberIn(row, measure)) ?? 0) : null);
    return {
      ...{ id, name, value: amount('value_recorded'), confirmed: amount('value_confirmed') },
      kind: is_final ? 'final' : kind === 'differentiation' ? 'differentiation' : 'outcome',
      personas: (personas ?? '').split(';').flatMap((one) => (one.trim() === '' ? [] : [one.trim()])),
      deals: (row && numberIn(row, 'deals_with_value')) ?? 0,
      leadsTo: links.flatMap(({ from, to }) => (from === id && placed.has(to) ? [to] : [])),
      ...{ layer: placed.get(id)!.layer, place: placed.get(id)!.place },
    };
  });
  const members = new Map<string, number>();
  for (const { circle } of places) members.set(circle, (members.get(circle) ?? 0) + 1);
  return {
    outcomes: outcomes.toSorted((a, b) => a.layer - b.layer || a.place - b.place),
    unvalued: outcomes.flatMap(({ kind, value, name }) => (kind === 'final' && !(value! > 0) ? [name] : [])),
    circles: [...members.values()].filter((size) => size > 1).length,
    links: links.length,
  };
}
