import { exportedInWords } from '$lib/records/data/words.ts';
import type { Column, Row } from '$lib/design/table.ts';
import type { ChangedCustomer, ChangedFile, ChangedSetting } from '$lib/records/data/changes/around.ts';
import type { ChangedDeal } from '$lib/records/data/changes/deals.ts';
import type { CauseSums, Counted, QuarterSums } from '$lib/records/data/changes/sums.ts';
import { causeInWords, dealDifference } from '$lib/records/data/changes/words.ts';
import { accountHref, dealHref, hrefWith } from '$lib/records/links.ts';
import { placeOf } from '$lib/records/sourced.ts';

type Cells = Row['cells'];

const change = (id: string, label: string): Column => ({ id, label, unit: 'cents', signed: true });

export const quarterColumns: Column[] = [
  { id: 'fiscal_quarter', label: 'Closed in' },
  { id: 'before_deals', label: 'Deals before', unit: 'count' },
  { id: 'after_deals', label: 'Deals after', unit: 'count' },
  { id: 'before_net_amount', label: 'Net before', unit: 'cents' },
  { id: 'after_net_amount', label: 'Net after', unit: 'cents' },
  { ...change('change_net_amount', 'Net, change'), phone: 'figure' },
  change('change_list_amount', 'List, change'),
  change('change_discount', 'Discount, change'),
];

const differs = (quarter: QuarterSums) =>
  (['deals', 'net_amount', 'list_amount', 'discount'] as const).some(
    (name) => quarter[`change_${name}`] !== 0,
  );

/** Quarters whose sums differ, each leading to its deals. */
export const quarterRows = (quarters: QuarterSums[], url: URL): Row[] =>
  quarters
    .filter((quarter) => !quarter.is_total && differs(quarter))
    .map((quarter) => ({
      key: quarter.fiscal_quarter ?? '',
      href:
        quarter.fiscal_quarter === null
          ? undefined
          : `${hrefWith(url, 'quarter', quarter.fiscal_quarter)}#deals`,
      cells: {
        ...(quarter as unknown as Cells),
        fiscal_quarter: quarter.fiscal_quarter ?? 'no day of closing',
      },
    }));

/** How many quarters have deals and come to the same. */
export const sameQuarters = (quarters: QuarterSums[]): number =>
  quarters.filter((quarter) => !quarter.is_total && !differs(quarter)).length;

export const quarterTotal = (quarters: QuarterSums[]): Row | undefined => {
  const total = quarters.find(({ is_total }) => is_total);
  return total && { key: 'total', cells: { ...(total as unknown as Cells), fiscal_quarter: 'All' } };
};

export const causeColumns: Column[] = [
  { id: 'cause', label: 'Because of' },
  { id: 'source_file', label: 'Read from' },
  { id: 'deals_touched', label: 'Deals touched', unit: 'count' },
  { id: 'deals', label: 'Won deals', unit: 'count', signed: true },
  { ...change('net_amount', 'Net'), phone: 'figure' },
  change('list_amount', 'List'),
  change('discount', 'Discount'),
];

export const causeRows = (causes: CauseSums[], url: URL): Row[] =>
  causes.map((one) => ({
    key: `${one.cause} ${one.source_file}`,
    href: `${hrefWith(url, 'cause', one.cause)}#deals`,
    cells: { ...(one as unknown as Cells), cause: causeInWords(one.cause) },
    notes: one.file_was === 'the same' ? undefined : { source_file: one.file_was },
  }));

export const causeTotal = (quarters: QuarterSums[]): Row | undefined => {
  const total = quarters.find(({ is_total }) => is_total);
  if (!total) return undefined;
  const { change_deals: deals, change_list_amount, change_net_amount, change_discount } = total;
  return {
    key: 'total',
    cells: {
      cause: 'All',
      source_file: '',
      deals_touched: '',
      deals,
      list_amount: change_list_amount,
      net_amount: change_net_amount,
      discount: change_discount,
    },
  };
};

export const dealColumns: Column[] = [
  { id: 'deal', label: 'Deal' },
  { id: 'customer', label: 'Customer' },
  { id: 'quarter', label: 'Closed in' },
  { id: 'difference', label: 'What differs' },
  { id: 'why', label: 'Because of' },
  { ...change('net_change', 'Net, change'), phone: 'figure' },
  change('list_change', 'List, change'),
  change('discount_change', 'Discount, change'),
];

interface Pair {
  before: { isPublished: boolean };
  after: { isPublished: boolean };
}

/** A deal has its page where the published build has it. */
export const dealRows = (deals: ChangedDeal[], { before, after }: Pair): Row[] =>
  deals.map((deal) => ({
    key: deal.deal_id,
    href:
      (after.isPublished && deal.is_there) || (before.isPublished && deal.was_there)
        ? dealHref(deal.deal_id)
        : undefined,
    cells: {
      ...(deal as unknown as Cells),
      deal: deal.after_deal_name ?? deal.before_deal_name ?? deal.deal_id,
      customer: deal.after_account_name ?? deal.before_account_name,
      quarter: deal.after_fiscal_quarter ?? deal.before_fiscal_quarter,
      difference: dealDifference(deal) || null,
      why: deal.causes.split(',').map(causeInWords).join(', '),
    },
    notes: { deal: placeOf(deal) ?? '' },
  }));

export const countColumns: Column[] = [
  { id: 'what', label: 'Which' },
  { id: 'before', label: 'Before', unit: 'count' },
  { id: 'came', label: 'Came', unit: 'count' },
  { id: 'went', label: 'Went', unit: 'count' },
  { id: 'changed', label: 'Differ', unit: 'count' },
  { id: 'after', label: 'After', unit: 'count', phone: 'figure' },
];

export const countRows = (counts: Counted[]): Row[] =>
  counts.map((one) => ({ key: one.what, cells: one as unknown as Cells }));

export const customerColumns: Column[] = [
  { id: 'name', label: 'Customer' },
  { id: 'what', label: 'Which' },
  { id: 'how', label: 'What differs' },
];

export const customerRows = (customers: ChangedCustomer[]): Row[] =>
  customers.map(({ account_id, name, what, how }) => ({
    key: account_id,
    href: what === 'went' ? undefined : accountHref(account_id),
    cells: { name: name ?? account_id, what, how: how || null },
  }));

export const fileColumns: Column[] = [
  { id: 'path', label: 'File' },
  { id: 'what', label: 'Which is' },
  { id: 'recognised_as', label: 'Recognised as' },
  { id: 'exported', label: 'Exported' },
  { id: 'rows_loaded', label: 'Rows loaded', unit: 'count', phone: 'figure' },
];

export const fileRows = (files: ChangedFile[], timeZone: string): Row[] =>
  files.map((file, at) => ({
    key: String(at),
    cells: { ...(file as unknown as Cells), exported: exportedInWords(file.exported_at, timeZone) },
  }));

export const settingColumns: Column[] = [
  { id: 'setting', label: 'Setting' },
  { id: 'before', label: 'Before', phone: 'line' },
  { id: 'after', label: 'After', phone: 'line' },
];

export const settingRows = (settings: ChangedSetting[]): Row[] =>
  settings.map((one) => ({ key: one.setting, cells: { ...one } }));
