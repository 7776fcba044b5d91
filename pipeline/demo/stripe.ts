import { addMonths, epoch, iso } from './calendar.ts';
import { quoted } from './csv.ts';
import type { Account } from './customers.ts';
import type { Deal } from './deal.ts';
import { billDeal, type LineBill, type Piece } from './billing.ts';
import { priced, type Line } from './lines.ts';
import { cents, divide, quantity } from './money.ts';
import { listOn } from './products.ts';
import { recurring, type Subscription } from './story.ts';
import type { World } from './world.ts';

/** What the bills of a deal turned out to be, for those who keep count of what is hidden. */
export interface BillKeeper {
  line(deal: Deal, bill: LineBill, invoiceLineIds: string[]): void;
  credit(
    deal: Deal,
    creditNoteId: string,
    approved: boolean,
    reason: string,
    subtotal: number,
    on: number,
  ): void;
  billed(currency: string, net: number): void;
}

export interface StripeFiles {
  account(account: Account, subscriptions: Subscription[], deals: Deal[]): void;
}

interface Invoice {
  number: number;
  issuedOn: number;
  pieces: Piece[];
}

/** Opens the billing system's files: customers, subscriptions, invoices with lines, credit notes; and payments. */
export function openStripe(world: World, keeper: BillKeeper): StripeFiles {
  const { folder, ids, random, today, people } = world;
  const customers = folder.open('stripe/customers', `id name email currency created metadata_account_id`);
  const subscriptionFile = folder.open(
    'stripe/subscriptions',
    `id customer status currency created start_date current_period_end cancel_at ended_at product quantity interval
     unit_amount discount_coupon_percent_off metadata_opportunity_line_item_id metadata_renews_subscription_id`,
  );
  const invoices = folder.open(
    'stripe/invoices',
    `id customer currency created due_date number status subtotal tax total period_start period_end subscription
     metadata_opportunity_id`,
  );
  const lines = folder.open(
    'stripe/invoice_line_items',
    `id invoice subscription price_product description currency amount discount_amount discount_coupon discount_end
     quantity period_start period_end proration type`,
  );
  const credits = folder.open(
    'stripe/credit_notes',
    `id invoice currency created amount subtotal reason memo status metadata_approved_by`,
  );
  const payments = folder.open('tables/payment', `payment_id invoice_id paid_on currency amount`);
  const subscriptionId = (n: number): string => (n >= 0 ? ids.subscription(n) : '');

  return {
    account(account, subscriptions, deals) {
      const won = deals.filter((deal) => deal.outcome === 'won');
      if (subscriptions.length === 0 && won.length === 0) return;
      const customer = ids.customer(account.index);
      const currency = account.region.currency.toLowerCase();
      const domain = account.name.replace(/[^A-Za-z0-9]/g, '').toLowerCase();
      const since = epoch(Math.max(account.createdOn, world.firstDay - 1000));
      // A few were entered by hand, without the account's id.
      const known = account.index % 47 === 13 ? '' : account.id;
      customers.row(customer, account.name, `billing@${domain}.example`, currency, since, known);
      for (const one of subscriptions)
        subscriptionFile.line(subscriptionRow(account, one, customer, currency));
      const rates = world.settings.company.tax[account.country]!;
      const tax = Math.round(rates[account.index % rates.length]! * 100);
      const terms = [30, 30, 30, 30, 45, 60][account.index % 6]!;
      for (const deal of won) bill(deal, customer, currency, tax, terms);
    },
  };

  function subscriptionRow(account: Account, one: Subscription, customer: string, currency: string): string {
    const ended = one.ended !== '' && one.until <= today;
    const { line, product } = one;
    const unit = line ? line.unitList : listOn(world.book, product, account.region.currency, one.from);
    const percent = line ? Math.max(0, line.permille) / 10 : random.whole(0, 24);
    const cancelAt = one.ended === 'churned' ? epoch(one.until) : '';
    return (
      `${subscriptionId(one.number)},${customer},${ended ? 'canceled' : 'active'},${currency},${epoch(one.from - 5)},` +
      `${epoch(one.from)},${epoch(one.until)},${cancelAt},${ended ? epoch(one.until) : ''},${product.code},` +
      `${quantity(one.quantity)},${product.pricePeriod},${unit || (line ? divide(line.unitNet, line.periods) : 0)},` +
      `${percent || ''},${line ? ids.line(line.number) : ''},${subscriptionId(one.renews)}`
    );
  }

  function bill(deal: Deal, customer: string, currency: string, tax: number, terms: number): void {
    const bills = billDeal(world, deal);
    const byDay = new Map<number, Invoice>();
    for (const { pieces } of bills)
      for (const piece of pieces) {
        const invoice = byDay.get(piece.issuedOn);
        if (invoice) invoice.pieces.push(piece);
        else byDay.set(piece.issuedOn, { number: 0, issuedOn: piece.issuedOn, pieces: [piece] });
      }
    const linked = random.chance(0.92);
    const lineIds = new Map<Line, string[]>();
    for (const invoice of [...byDay.values()].sort((a, b) => a.issuedOn - b.issuedOn)) {
      // Now and then a bill is written twice and the first one voided.
      if (random.chance(0.01)) write(invoice, 'void');
      const status = drawStatus(invoice.issuedOn, invoice.issuedOn + terms);
      write(invoice, status);
      if (status !== 'draft') credit(invoice);
    }
    for (const one of bills) keeper.line(deal, one, lineIds.get(one.line) ?? []);

    function write(invoice: Invoice, status: string): void {
      invoice.number = invoices.rows;
      const id = ids.invoice(invoice.number);
      const counted = status !== 'void' && status !== 'draft';
      let subtotal = 0;
      let from = Infinity;
      let to = 0;
      for (const piece of invoice.pieces) {
        subtotal += piece.net;
        from = Math.min(from, piece.from);
        to = Math.max(to, piece.to);
        const lineId = ids.invoiceLine(lines.rows);
        lines.line(lineRow(lineId, id, piece, currency));
        if (!counted) continue;
        keeper.billed(currency.toUpperCase(), piece.net);
        const known = lineIds.get(piece.line);
        if (known) known.push(lineId);
        else lineIds.set(piece.line, [lineId]);
      }
      const taxes = divide(subtotal * tax, 10_000);
      const due = invoice.issuedOn + terms;
      const first = invoice.pieces[0]!.line.subscription;
      invoices.line(
        `${id},${customer},${currency},${epoch(invoice.issuedOn)},${epoch(due)},LS-${String(invoice.number + 1).padStart(6, '0')},` +
          `${status},${subtotal},${taxes},${subtotal + taxes},${epoch(from)},${epoch(to)},${subscriptionId(first)},` +
          `${linked ? deal.id : ''}`,
      );
      if (status !== 'paid') return;
      const paidOn = Math.min(today - 1, due + Math.round(9 * random.normal()) + (terms > 30 ? 2 : 0));
      const payment = `pay_${String(payments.rows + 1).padStart(7, '0')}`;
      payments.line(`${payment},${id},${iso(paidOn)},${currency.toUpperCase()},${cents(subtotal + taxes)}`);
    }

    function credit(invoice: Invoice): void {
      const { unapproved_credit, ordinary_credit } = world.settings.planted.billing;
      const chance = random.next();
      if (chance >= unapproved_credit + ordinary_credit) return;
      const on = Math.min(today - 1, invoice.issuedOn + random.whole(4, 70));
      const unapproved = chance < unapproved_credit;
      const [reason, memo, share] = unapproved
        ? (['product_unsatisfactory', 'Goodwill, agreed by phone', 0.05 + 0.15 * random.next()] as const)
        : random.pick(CREDITS);
      const of = random.pick(invoice.pieces).net;
      const subtotal = Math.max(100, Math.round(of * share));
      const approver =
        reason === 'product_unsatisfactory' && !unapproved ? random.pick(people.managers).id : '';
      const id = ids.creditNote(credits.rows);
      credits.row(
        id,
        ids.invoice(invoice.number),
        currency,
        epoch(on),
        subtotal + divide(subtotal * tax, 10_000),
        subtotal,
        reason,
        memo,
        'issued',
        approver,
      );
      keeper.credit(deal, id, !unapproved, reason, subtotal, on);
    }
  }

  function drawStatus(issued: number, due: number): string {
    if (issued > today - 3) return 'draft';
    const chance = random.next();
    if (due > today - 8) return chance < 0.35 ? 'paid' : 'open';
    return chance < 0.965 ? 'paid' : chance < 0.985 ? 'open' : 'uncollectible';
  }

  function lineRow(id: string, invoice: string, piece: Piece, currency: string): string {
    const { line } = piece;
    const { product } = line;
    const discount = piece.amount - piece.net;
    const ends =
      line.ramp === 'first_year_discount' && discount > 0 ? epoch(addMonths(line.startsOn, 12)) : '';
    const once = line.termMonths === 0;
    const text = once ? product.name : `${product.name}, ${iso(piece.from)} to ${iso(piece.to)}`;
    return (
      `${id},${invoice},${recurring(product) ? subscriptionId(line.subscription) : ''},${product.code},${quoted(text)},` +
      `${currency},${piece.amount},${discount},${discount > 0 ? coupon(line) : ''},${ends},${quantity(piece.quantity)},` +
      `${epoch(piece.from)},${epoch(piece.to)},false,${once ? 'invoiceitem' : 'subscription'}`
    );
  }
}

const CREDITS = [
  ['order_change', 'Part of the order cancelled', 0.5],
  ['order_change', 'Seats reduced before start', 0.3],
  ['duplicate', 'Billed twice', 1],
  ['duplicate', 'Wrong quantity on the bill', 0.2],
  ['product_unsatisfactory', 'Price concession after outage', 0.1],
  ['', '', 0.15],
] as const;

/** Coupons are named after the rule they come from; a rep's own discount has a coupon of its own. */
function coupon(line: Line): string {
  if (!priced(line)) return '';
  const rate = line.permille / 10;
  switch (line.kind) {
    case 'promotion':
      return `PROMO${rate}`;
    case 'channel':
      return `PARTNER${rate}`;
    case 'volume':
      return `VOLUME${rate}`;
    case 'programme':
      return `SECTOR${rate}`;
    default:
      return `DEAL${rate}`;
  }
}
