import { alone, dealsHref, downloadDoors, narrowedTo, requestOf, type Asking } from '$lib/asking/asking.ts';
import type { ConcentrationRow } from '$lib/charts/concentrationCurve.ts';
import { heightAt, READ_AT } from '$lib/charts/concentrationCurve.ts';
import { drawing, drawnAhead } from '$lib/charts/render.ts';
import type { Explanation } from '$lib/design/doors.ts';
import { count } from '$lib/design/formats.ts';
import type { Column, Row } from '$lib/design/table.ts';
import { concentrated, type Concentrated } from '$lib/questions/concentration/concentrated.ts';
import { CONCENTRATED, concentrationUnit, concentrationUnits } from '$lib/questions/concentration/units.ts';
import { explanationOf } from '$lib/records/explanation.ts';
import { accountHref } from '$lib/records/links.ts';
import { personHref } from '$lib/records/teamLinks.ts';
import { concentrationInWords, concentrationNote } from '$lib/statements/concentration.ts';
import { MINIMUM_DEALS } from '$lib/statistics/standOut.ts';
import { linkTo, type Asked } from './asked.ts';

/** Rows of the table: enough to see who carries the curve. */
const SHOWN = 12;

const columnsFor = (one: string): Column[] => [
  { id: 'name', label: one[0]!.toUpperCase() + one.slice(1), sortable: false },
  { id: 'list', label: 'List', unit: 'money', phone: 'line' },
  { id: 'discount', label: 'Discount', unit: 'money', phone: 'line' },
  { id: 'rate', label: 'Rate', unit: 'rate', phone: 'figure' },
  { id: 'by_mix', label: 'By its mix', unit: 'rate', phone: 'line' },
  { id: 'list_so_far', label: 'List so far', unit: 'rate', phone: 'line' },
  { id: 'discount_so_far', label: 'Discount so far', unit: 'rate', phone: 'line' },
  { id: 'deals', label: 'Deals', unit: 'count', phone: 'line' },
];

function tableRows({ kind, kinds, units, found }: Concentrated, asking: Asking): Row[] {
  return units.slice(0, SHOWN).map(({ unit, name, parts, share, amount, rate, byMix }, at): Row => {
    const deals = dealsHref(asking, {
      [kind.key]: unit,
      ...(kinds === 'discretionary' ? { discount_kind: 'discretionary' } : {}),
    });
    const own =
      kind.id === 'customer'
        ? accountHref(unit)
        : kind.id === 'region'
          ? deals
          : personHref(kind.id, unit, asking.search);
    return {
      key: unit,
      href: own,
      links: { deals },
      cells: {
        ...{ name, list: share, discount: amount, rate, by_mix: byMix, deals: parts },
        list_so_far: found.curve[at]!.share,
        discount_so_far: found.curve[at]!.amount,
      },
      faint: parts < MINIMUM_DEALS,
    };
  });
}

function curveRows({ found, units, byMix }: Concentrated): ConcentrationRow[] {
  const observed = found.curve.map(({ rate, share, amount }, at) => ({
    ...{ kind: 'observed', name: units[at]!.name, rate, list: share, discount: amount },
  }));
  const mix = (byMix?.curve ?? []).map(({ share, amount }) => ({
    ...{ kind: 'mix', name: '', rate: null, list: share, discount: amount },
  }));
  return [...observed, ...mix];
}

/** How concentrated discounts are on few, for the page of discounts; null where nothing can be told. */
export async function concentrationSection(asked: Asked) {
  const { warehouse, asking, scope, search, currency } = asked;
  const kind = concentrationUnit(search);
  const doors = concentrationUnits.map(({ id, one }) => ({
    label: one,
    href: linkTo(asked, CONCENTRATED, id),
    current: id === kind.id,
  }));
  const found = await concentrated(warehouse, asking, kind, scope);
  if (!found) return { doors, several: kind.several, one: kind.one, shown: null };
  const rows = curveRows(found);
  const at = (which: string) =>
    heightAt(
      rows.filter((row) => row.kind === which),
      READ_AT,
    );
  const heights = { observed: at('observed'), byMix: found.byMix ? at('mix') : null };
  const counted =
    found.kinds === 'discretionary' ? narrowedTo(asking, 'discount_kind', ['discretionary']) : asking;
  const question = { measures: ['list_amount', 'discount', 'discount_rate', 'deals'] };
  const explain: Explanation = {
    ...explanationOf(
      warehouse,
      'discount_rate',
      requestOf(alone(counted), { ...question, by: [kind.key] }),
      scope,
      { n: found.deals, coverage: null },
    ),
    notes: [
      `${kind.several[0]!.toUpperCase()}${kind.several.slice(1)} in the order of their discount rates: cumulative share of list against cumulative share of discount, and twice the area between that curve and the diagonal. The interval draws deals anew. Not a Gini of dollars given away, which mostly shows who sells much.`,
      `What the mix alone would give: each ${kind.one}'s deals at the rates that deals of the same segment, type, product family, size and quarter had with all others, give or take chance. Association: who gets which deals is no lottery.`,
    ],
    source:
      'Lorenz 1905, Publications of the American Statistical Association 9; Adelman 1969, Review of Economics and Statistics 51; Breslow & Day 1987, section 2.3',
  };
  return {
    doors,
    ...{ several: kind.several, one: kind.one },
    shown: {
      answer: concentrationInWords(found, heights),
      note: concentrationNote(found, currency),
      basis: `${count(found.deals, 'deal')} of ${count(found.units.length, kind.one, kind.several)}`,
      drawing: drawnAhead(drawing('concentrationCurve', rows)),
      columns: columnsFor(kind.one),
      rows: tableRows(found, asking),
      more: found.units.length > SHOWN ? `The first ${SHOWN} of ${found.units.length}.` : undefined,
      explain,
      deals: dealsHref(asking, found.kinds === 'discretionary' ? { discount_kind: 'discretionary' } : {}),
      downloads: downloadDoors(alone(counted), {
        ...question,
        by: [...new Set([kind.key, kind.name])],
      }),
    },
  };
}
