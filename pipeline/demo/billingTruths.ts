import type { Fault, LineBill } from './billing.ts';
import type { Deal } from './deal.ts';
import { inDollars } from './deals.ts';
import { cents, ticks } from './money.ts';
import { keepId, KEPT_IDS } from './rates.ts';
import type { BillKeeper } from './stripe.ts';
import type { World } from './world.ts';

export interface CauseTruth {
  lines: number;
  /** What should have been billed by the export's day less what was billed, in each currency and in US dollars. */
  under_billed: Record<string, string>;
  under_billed_usd: string;
  deal_line_ids: string[];
  invoice_line_ids: string[];
}

interface Running {
  lines: number;
  own: Map<string, number>;
  usd: number;
  dealLines: string[];
  invoiceLines: string[];
}

export interface BillingTruths {
  causes: Record<Fault, CauseTruth>;
  unapproved_credits: {
    count: number;
    by_currency: Record<string, string>;
    usd: string;
    credit_note_ids: string[];
  };
  approved_or_other_credits: { count: number; by_currency: Record<string, string> };
  /** Net of all lines of bills that are neither draft nor void, tax left out. */
  billed_net: Record<string, string>;
}

/** Keeps count of what is billed and what goes wrong in it. */
export class BillingTruthKeeper implements BillKeeper {
  private readonly world: World;
  private readonly causes = new Map<Fault, Running>();
  private readonly net = new Map<string, number>();
  private readonly unapproved = { own: new Map<string, number>(), usd: 0, ids: [] as string[], count: 0 };
  private readonly other = { own: new Map<string, number>(), count: 0 };

  constructor(world: World) {
    this.world = world;
    const faults: Fault[] = [
      'price',
      'quantity',
      'not_billed',
      'late_start',
      'missed_uplift',
      'discount_past_end',
    ];
    for (const fault of faults)
      this.causes.set(fault, { lines: 0, own: new Map(), usd: 0, dealLines: [], invoiceLines: [] });
  }

  line(deal: Deal, bill: LineBill, invoiceLineIds: string[]): void {
    if (bill.fault === '') return;
    const running = this.causes.get(bill.fault)!;
    const missing = bill.due - bill.pieces.reduce((sum, piece) => sum + piece.net, 0);
    running.lines++;
    count(running.own, deal.account.region.currency, missing);
    running.usd += inDollars(this.world, deal, missing * 100);
    if (running.dealLines.length >= KEPT_IDS) return;
    running.dealLines.push(this.world.ids.line(bill.line.number));
    running.invoiceLines.push(...invoiceLineIds);
  }

  credit(deal: Deal, creditNoteId: string, approved: boolean, _reason: string, subtotal: number): void {
    const currency = deal.account.region.currency;
    const into = approved ? this.other : this.unapproved;
    into.count++;
    count(into.own, currency, subtotal);
    if (approved) return;
    this.unapproved.usd += inDollars(this.world, deal, subtotal * 100);
    keepId(this.unapproved.ids, creditNoteId);
  }

  billed(currency: string, net: number): void {
    count(this.net, currency, net);
  }

  result(): BillingTruths {
    const causes = [...this.causes].map(([fault, one]) => [
      fault,
      {
        lines: one.lines,
        under_billed: named(one.own),
        under_billed_usd: ticks(one.usd),
        deal_line_ids: one.dealLines,
        invoice_line_ids: one.invoiceLines,
      },
    ]);
    const { unapproved, other } = this;
    return {
      causes: Object.fromEntries(causes) as Record<Fault, CauseTruth>,
      unapproved_credits: {
        count: unapproved.count,
        by_currency: named(unapproved.own),
        usd: ticks(unapproved.usd),
        credit_note_ids: unapproved.ids,
      },
      approved_or_other_credits: { count: other.count, by_currency: named(other.own) },
      billed_net: named(this.net),
    };
  }
}

function count(map: Map<string, number>, currency: string, amount: number): void {
  map.set(currency, (map.get(currency) ?? 0) + amount);
}

function named(map: Map<string, number>): Record<string, string> {
  return Object.fromEntries([...map].sort().map(([currency, amount]) => [currency, cents(amount)]));
}
