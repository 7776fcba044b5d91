import { alone, requestOf, type Asking } from '../../asking/asking.ts';
import { answer } from '../../metrics/answer.ts';
import { BadRequest } from '../../metrics/badRequest.ts';
import type { Filter, Scope } from '../../metrics/request.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import { exactly, numberOf } from './onInvoice.ts';
import { isTold, namesOf, ofConcessions, sliceOf } from './slice.ts';

/** What may be given back outside of the invoice, in the order in which it is drawn. */
export const kindsOffInvoice = [
  { id: 'rebates', label: 'Rebates', what: 'rebates', kind: 'rebate' },
  { id: 'channel_funds', label: 'Channel funds', what: 'channel funds', kind: 'channel_fund' },
  { id: 'free_services', label: 'Free services', what: 'free services', kind: 'free_service' },
  { id: 'terms_cost', label: 'Terms', what: 'late payments', kind: 'terms' },
  { id: 'price_credits', label: 'Price credits', what: 'credit notes', kind: 'price_credit' },
] as const;

export interface GivenBack {
  id: string;
  label: string;
  what: string;
  /** In the reporting currency; null where it is not known, with the reason. */
  amount: number | null;
  /** Share of it that is known by what is asked for, 0 to 1; null where that can't be told. */
  coverage: number | null;
  /** Why it is absent: "are not loaded". */
  reason: string | null;
  /** Why only a part is known. */
  partly: string | null;
}

/** Measures that say how much of a kind is known at all, and what the known part is called. */
const coverages: Record<
  string,
  { measure: string; partly: string; none: string; nothing: string; ofNothing: number }
> = {
  terms_cost: {
    measure: 'terms_coverage',
    partly: 'on bills that are due and paid',
    none: 'can’t be told: no bill here says when it was due and paid',
    nothing: 'can’t be told: nothing here was billed',
    ofNothing: 0,
  },
  price_credits: {
    measure: 'credit_coverage',
    partly: 'that say why they were given',
    none: 'do not say why they were given',
    nothing: 'are none here',
    ofNothing: 1,
  },
};

/** The kinds that the build knows at all; terms where payments are loaded, late or not. */
async function kindsLoaded(warehouse: Warehouse): Promise<Set<string>> {
  const found = await warehouse.remember('kinds of concession', () =>
    warehouse.rows<{ kind: string }>(
      `select distinct if(kind in ('other_credit', 'unknown_credit'), 'price_credit', kind) as kind from marts.fact_concession
       union select 'terms' where exists (from core.payment)`,
    ),
  );
  return new Set(found.map(({ kind }) => kind));
}

/**
 * What was given back outside of the invoice in the period. Of a slice only what names it counts: rebates name a
 * customer and no region, so they are absent by region; credits of which some name a deal are known in that part.
 */
export async function givenBack(warehouse: Warehouse, asking: Asking, scope: Scope): Promise<GivenBack[]> {
  const loaded = await kindsLoaded(warehouse);
  const filters = ofConcessions(asking);
  const slice = sliceOf(filters);
  const by = namesOf(slice);
  const ask = async (measure: string, of: Filter[]) =>
    numberOf(
      await answer(warehouse, requestOf(alone(asking), { measures: [measure], filters: of }), scope),
      measure,
    );

  async function amountOf({ id, label, what, kind }: (typeof kindsOffInvoice)[number]): Promise<GivenBack> {
    const absent = (reason: string): GivenBack => ({
      ...{ id, label, what, reason },
      ...{ amount: null, coverage: null, partly: null },
    });
    if (!loaded.has(kind)) return absent('are not loaded');
    const known = coverages[id];
    // They are given to customers and partners and name no rep: nothing of them can be said of some people's deals.
    if (!known && scope.kind !== 'everything') return absent('are not known by rep');
    try {
      const isSliced = slice.length > 0 && scope.kind === 'everything';
      const [given, told, whole, own] = await Promise.all([
        ask(id, filters),
        isSliced ? ask(id, slice.map(isTold)) : null,
        isSliced ? ask(id, []) : null,
        known ? ask(known.measure, filters) : null,
      ]);
      const ofSlice = isSliced && whole ? (told ?? 0) / whole : 1;
      if (ofSlice === 0) return absent(`are not known by ${by}`);
      const ofAll = known ? (own ?? known.ofNothing) : 1;
      if (ofAll === 0) return absent(own === null ? known!.nothing : known!.none);
      const partly = [
        ofSlice < 0.9995 ? `that name a ${by}` : '',
        ofAll < 0.9995 ? known!.partly : '',
      ].filter(Boolean);
      return {
        ...{ id, label, what, amount: exactly(given ?? 0), coverage: ofSlice * ofAll },
        ...{ reason: null, partly: partly.join(' and ') || null },
      };
    } catch (error) {
      if (error instanceof BadRequest) return absent(`are not known by ${by}`);
      throw error;
    }
  }
  return Promise.all(kindsOffInvoice.map(amountOf));
}
