import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeConfiguration } from './configuration.ts';
import { ExportFolder } from './csv.ts';
import { drawExtras } from './extras.ts';
import { drawHistory } from './history.ts';
import { writeAssignments, writeListPrices, writeRates } from './reference.ts';
import { openSalesforce, writeReference } from './salesforce.ts';
import { readSettings } from './settings.ts';
import { tellAccount } from './story.ts';
import { TotalsKeeper, type Totals } from './totals.ts';
import { buildWorld } from './world.ts';

export interface Planted {
  seed: number;
  export_date: string;
  totals: Totals;
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
  onProgress?: (accountsDone: number, accounts: number) => void;
}

/**
 * Writes the exports of one invented company (Salesforce, Stripe and the product's own tables as CSV,
 * with holdfast.yaml), and beside them planted.json: what is hidden in them and its true size.
 */
export async function writeDemoCompany(options: DemoOptions): Promise<DemoReport> {
  const { seed = 1, deals = 6000, to } = options;
  const settings = readSettings();
  mkdirSync(to, { recursive: true });
  const folder = new ExportFolder(to, settings.company.export_date);
  const world = buildWorld(settings, seed, deals, folder);
  const totals = new TotalsKeeper(world);

  writeConfiguration(world, to);
  writeReference(world);
  writeListPrices(world);
  writeAssignments(world);
  writeRates(world);
  const salesforce = openSalesforce(world);
  const counters = { deals: 0, lines: 0, subscriptions: 0 };
  for (let index = 0; index < world.accounts; index++) {
    tellAccount(world, index, counters, {
      deal(deal) {
        const moments = drawHistory(world, deal);
        salesforce.deal(deal, moments, drawExtras(world, deal));
        totals.add(deal);
      },
      account: (account) => salesforce.account(account),
    });
    // Lets a progress bar draw, and an interrupt through, without slowing the work.
    if (index % 500 === 499) {
      options.onProgress?.(index + 1, world.accounts);
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
  const files = folder.close();
  const planted: Planted = { seed, export_date: settings.company.export_date, totals: totals.result() };
  writeFileSync(join(to, 'planted.json'), JSON.stringify(planted, null, 2) + '\n');
  return { folder: to, files, planted };
}
