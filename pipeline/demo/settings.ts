import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse as parseCsv } from 'csv-parse/sync';
import { parse as parseYaml } from 'yaml';

export interface Region {
  name: string;
  currency: string;
  share: number;
  teams: number[];
  vice_president: string;
}

export interface Segment {
  name: string;
  share: number;
  seats: number;
  discount: number;
  headcount: [number, number];
}

export type DealType = 'new' | 'cross_sell' | 'upsell' | 'renewal';

interface TeamDay {
  team: string;
  on: string;
}

/** data/demo/company.yaml */
export interface CompanySettings {
  name: string;
  export_date: string;
  first_day: string;
  accounts_per_deal: number;
  rush_business_days: number;
  regions: Region[];
  account_managers_per_team: number;
  countries: Record<string, string[]>;
  /** Sales tax in percent. */
  tax: Record<string, number[]>;
  moves: { from: string; to: string; on: string }[];
  team_changes: { from: string; to: string; on: string }[];
  manager_swaps: { teams: [string, string]; on: string }[];
  leavers: TeamDay[];
  joiners: TeamDay[];
  segments: Segment[];
  industries: string[];
  deal_types: Record<DealType, { source: string; win: number; discount: number; cycle_days: number }>;
  customers_from_before: number;
  attempts_per_account: number;
  open_per_account: number;
  upsell_share: number;
  quarter_weights: number[];
  growth_per_quarter: number;
  terms: Record<string, number>;
  discounts: {
    none: number;
    uplift: number;
    deal_spread: number;
    line_spread: number;
    rep_spread: number;
    size_slope: number;
    usual_list: number;
    kind_unrecorded: number;
    channel: { tiers: number[]; share_of_lines: number };
    volume: { steps: Record<string, number>; share_of_lines: number };
    programme: { industries: string[]; rate: number; share_of_lines: number };
    promotion: { rate: number; families: string[]; share_of_lines: number; windows: [string, string][] };
  };
  partner_led: number;
  partners: string[];
  lost_reasons: string[];
  lead_sources: string[];
  fx: {
    currency: string;
    plan: Record<string, number>;
    actual: { start: number; step: number; low: number; high: number };
  };
  approval_limits: { rate: number; amount: number };
  policy: Record<string, number>;
}

/** data/demo/planted.yaml */
export interface PlantedSettings {
  leaking_reps: { extra_points: number; who: { team: string; role: string }[] };
  leaking_region: { region: string; extra_points: number };
  quarter_end: { share_of_deals: number; extra_points: number; at_2330_on_the_last_day: number };
  limit: { rate: number; reach: number; pulled: number };
  heaping: { fives: number; tens: number; whole: number };
  unearned: { group: string; share_of_accounts: number; extra_points: number; segment: string };
  list_price_rise: { on: string; percent: Record<string, number> };
  billing: {
    price: number;
    quantity: number;
    not_billed: number;
    late_start: number;
    yearly_uplift_agreed: number;
    missed_uplift: number;
    first_year_discount: number;
    discount_past_end: number;
    unapproved_credit: number;
    ordinary_credit: number;
  };
  coaching: {
    effect_points: number;
    weak: { reps: number; extra_points: number; regions: string[]; starts: string[] };
    bad_spell: { region: string; extra_points: number; starts: string[] };
    ordinary: { reps: number; starts: string[] };
  };
  ownership: {
    orphaned_after_leaver: number;
    orphaned_days: [number, number];
    never_reassigned: number;
    two_owners: number;
    two_owners_days: [number, number];
  };
  renewals_wrong_role: { share: number; win_change: number };
  value: { share_of_deals: number; extra_points: number; win_factor: number; customer_confirmed: number };
  forecast: { region: string; lost_deals_in_commit: number; elsewhere: number; amount_optimism: number };
}

export interface Names {
  first: Record<string, string[]>;
  last: Record<string, string[]>;
  company_first: string[];
  company_second: string[];
  legal_form: Record<string, string[]>;
  awkward: string[];
}

export interface Settings {
  company: CompanySettings;
  planted: PlantedSettings;
  names: Names;
  products: Record<string, string>[];
}

/** Text of a file of data/demo. */
export function demoData(file: string): string {
  return readFileSync(fileURLToPath(new URL(`../../data/demo/${file}`, import.meta.url)), 'utf8');
}

/** Reads what data/demo says about the company and what is hidden in it. */
export function readSettings(): Settings {
  return {
    company: parseYaml(demoData('company.yaml')) as CompanySettings,
    planted: parseYaml(demoData('planted.yaml')) as PlantedSettings,
    names: parseYaml(demoData('names.yaml')) as Names,
    products: parseCsv(demoData('products.csv'), { columns: true }) as Record<string, string>[],
  };
}
