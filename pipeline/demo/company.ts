import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openActivity } from './activity.ts';
import { BillingTruthKeeper, type BillingTruths } from './billingTruths.ts';
import { CoachingWriter } from './coaching.ts';
import { writeConfiguration } from './configuration.ts';
import { ExportFolder } from './csv.ts';
import { openExceptions, writePolicy, type ExceptionTruth } from './discipline.ts';
import { drawExtras } from './extras.ts';
import { openRebates, writeFinance } from './finance.ts';
import { ForecastKeeper, type ForecastTruth } from './forecast.ts';
import { drawHistory } from './history.ts';
import { writeAnswers } from './maturity.ts';
import { openRamps } from './ramps.ts';
import { writeAssignments, writeListPrices, writeRates } from './reference.ts';
import { openRoles, type OwnerFault } from './roles.ts';
import { openSalesforce, writeReference } from './salesforce.ts';
import { readSettings } from './settings.ts';
import { tellAccount } from './story.ts';
import { openStripe } from './stripe.ts';
import { TotalsKeeper, type Totals } from './totals.ts';
import { TruthKeeper, type Truths } from './truths.ts';
import { openUsage } from './usage.ts';
import { openValue } from './value.ts';
import { buildWorld } from './world.ts';

/** What is hidden in the exports and how large it turned out, beside totals to check any reading against. */
export interface Planted {
  seed: number;
  export_date: string;
  totals: Totals;
  truths: Truths;
  billing: BillingTruths;
  exceptions: ExceptionTruth;
  forecast: ForecastTruth;
  ownership: { without_owner: OwnerFault[]; with_two_owners: OwnerFault[] };
  maturity: { levels: Record<string, number[]>; answers: number };
}

export interface DemoReport {
  folder: string;
  files: { path: string; rows: number }[];
  planted: Planted;
}

export interface DemoOptions {
  /** Default 1. The same seed gives the same bytes. */
  seed?: number;
  /** About how many deals; default 6,000. Customers and lines grow with it. */
  deals?: number;
  /** The folder to write to; made where it is missing. */
  to: string;
  /**
   * Leaves out what grows with the deals but has no part in discounts (history, teams, bills, owners, values):
   * for measuring at millions of lines. planted.json then holds the totals and the truths of pricing alone.
   */
  lean?: boolean;
  onProgress?: (accountsDone: number, accounts: number) => void;
}

/** Customers beyond this number have deals, bills and owners, but no meetings, values, usage and the like. */
const DETAILED = 3000;

/**
 * Writes the exports of one invented company (Salesforce, Stripe and the product's own tables as CSV,
 * with holdfast.yaml), and beside them planted.json: what is hidden in them and its true size.
 */
export async function writeDemoCompany(options: DemoOptions): Promise<DemoReport> {
  const { seed = 1, deals = 6000, lean = false, to } = options;
  const settings = readSettings();
  mkdirSync(to, { recursive: true });
  const folder = new ExportFolder(to, settings.company.export_date);
  const world = buildWorld(settings, seed, deals, folder);

  writeConfiguration(world, to);
  writeReference(world);
  writeListPrices(world);
  writeAssignments(world);
  writeRates(world);
  writePolicy(world);
  const totals = new TotalsKeeper(world);
  const truths = new TruthKeeper(world);
  const bills = new BillingTruthKeeper(world);
  const forecast = new ForecastKeeper(world);
  const coaching = new CoachingWriter(world);
  const salesforce = openSalesforce(world);
  const stripe = openStripe(world, bills);
  const roles = openRoles(world);
  const ramps = openRamps(world);
  const exceptions = openExceptions(world);
  const value = openValue(world);
  const activity = openActivity(world);
  const rebates = openRebates(world);
  const usage = openUsage(world);

  const counters = { deals: 0, lines: 0, subscriptions: 0 };
  for (let index = 0; index < world.accounts; index++) {
    const detailed = index < DETAILED && !lean;
    tellAccount(world, index, counters, {
      deal(deal) {
        const moments = drawHistory(world, deal);
        const extras = drawExtras(world, deal);
        salesforce.deal(deal, moments, extras, lean);
        totals.add(deal);
        truths.add(deal);
        if (lean) return;
        forecast.add(deal, moments);
        ramps.deal(deal);
        exceptions.add(deal);
        coaching.add(deal);
        if (!detailed) return;
        value.deal(deal, extras.worth);
        activity.deal(deal, extras);
      },
      account(account, subscriptions, deals) {
        salesforce.account(account);
        if (lean) return;
        roles.account(account);
        stripe.account(account, subscriptions, deals);
        if (!detailed) return;
        value.account(account);
        rebates.account(account);
        usage.account(account, subscriptions);
      },
    });
    // Lets a progress bar draw, and an interrupt through, without slowing the work.
    if (index % 500 === 499) {
      options.onProgress?.(index + 1, world.accounts);
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  rebates.partners();
  coaching.write();
  forecast.write();
  const maturity = writeAnswers(world);
  writeFinance(world, totals.result());
  const files = folder.close();
  const planted: Planted = {
    seed,
    export_date: settings.company.export_date,
    totals: totals.result(),
    truths: truths.result(),
    billing: bills.result(),
    exceptions: exceptions.truth,
    forecast: forecast.truth(),
    ownership: { without_owner: roles.orphaned, with_two_owners: roles.twoOwners },
    maturity,
  };
  writeFileSync(join(to, 'planted.json'), JSON.stringify(planted, null, 2) + '\n');
  return { folder: to, files, planted };
}
