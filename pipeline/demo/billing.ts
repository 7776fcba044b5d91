import { addMonths } from './calendar.ts';
import type { Deal } from './deal.ts';
import { priced, type Line } from './lines.ts';
import { divide } from './money.ts';
import type { World } from './world.ts';

export type Fault =
  'price' | 'quantity' | 'not_billed' | 'late_start' | 'missed_uplift' | 'discount_past_end';

/** One line of a bill, in cents; `expected` is what the deal says should be billed for the period. */
export interface Piece {
  line: Line;
  from: number;
  to: number;
  issuedOn: number;
  quantity: number;
  amount: number;
  net: number;
  expected: number;
}

export interface LineBill {
  line: Line;
  fault: Fault | '';
  pieces: Piece[];
  /** What should have been billed by today, in cents. */
  due: number;
}

/** The bills of a won deal until today, line by line, with what goes wrong in them. */
export function billDeal(world: World, deal: Deal): LineBill[] {
  const { random, today } = world;
  const quarterly = deal.lines.every((line) => line.ramp === '') && random.chance(0.2);
  const delivered = deal.closesOn + random.whole(18, 45);
  return deal.lines.map((line) => {
    const pieces = piecesOf(deal, line, quarterly ? 3 : 12, delivered);
    const due = pieces.reduce((sum, piece) => sum + (piece.issuedOn < today ? piece.net : 0), 0);
    const fault = due > 0 ? drawFault(world, line, pieces) : '';
    const billed = (fault === '' ? pieces : spoilt(world, line, pieces, fault)).filter(
      (one) => one.issuedOn < today,
    );
    const total = billed.reduce((sum, piece) => sum + piece.net, 0);
    return { line, fault: total === due ? '' : fault, pieces: billed, due };
  });
}

function piecesOf(deal: Deal, line: Line, cadence: number, delivered: number): Piece[] {
  const list = priced(line) ? Math.max(divide(line.list, 100), line.net) : line.net;
  const piece = (from: number, to: number, issuedOn: number, amount: number, net: number): Piece => ({
    line,
    from,
    to,
    issuedOn,
    quantity: line.quantity,
    amount: Math.max(amount, net),
    net,
    expected: net,
  });
  if (line.termMonths === 0) return [piece(delivered, delivered, delivered, list, line.net)];
  const pieces: Piece[] = [];
  for (let month = 0; month < line.termMonths; month += cadence) {
    const end = Math.min(line.termMonths, month + cadence);
    const part = (of: number): number =>
      divide(of * end, line.termMonths) - divide(of * month, line.termMonths);
    const net = line.ramp === '' ? part(line.net) : (line.years[month / 12]! * line.quantity) / 100;
    const from = addMonths(line.startsOn, month);
    const issuedOn = Math.max(from, deal.closesOn + 3);
    pieces.push(piece(from, addMonths(line.startsOn, end), issuedOn, part(list), net));
  }
  return pieces;
}

function drawFault(world: World, line: Line, pieces: Piece[]): Fault | '' {
  const { random, settings } = world;
  const { billing } = settings.planted;
  if (line.ramp === 'yearly_uplift') return random.chance(billing.missed_uplift) ? 'missed_uplift' : '';
  if (line.ramp === 'first_year_discount')
    return random.chance(billing.discount_past_end) ? 'discount_past_end' : '';
  let chance = random.next();
  for (const fault of ['price', 'quantity', 'not_billed', 'late_start'] as const) {
    chance -= billing[fault];
    if (chance >= 0) continue;
    if (fault === 'quantity' && (line.quantity < 400 || line.product.offerModel === 'consumption')) return '';
    if (fault === 'late_start' && (line.termMonths < 6 || pieces.length === 0)) return '';
    return fault;
  }
  return '';
}

function spoilt(world: World, line: Line, pieces: Piece[], fault: Fault): Piece[] {
  const { random } = world;
  switch (fault) {
    case 'not_billed':
      return [];
    case 'price': {
      const permille = random.chance(0.25) ? 1000 + random.whole(20, 60) : 1000 - random.whole(30, 120);
      return pieces.map((piece) => {
        const net = divide(piece.net * permille, 1000);
        return { ...piece, net, amount: Math.max(piece.amount, net) };
      });
    }
    case 'quantity': {
      const billed = Math.max(1, Math.floor((line.quantity / 100) * (0.7 + 0.25 * random.next()))) * 100;
      return pieces.map((piece) => ({
        ...piece,
        quantity: billed,
        amount: divide(piece.amount * billed, line.quantity),
        net: divide(piece.net * billed, line.quantity),
      }));
    }
    case 'late_start': {
      const months = random.whole(2, 3);
      const [first, ...rest] = pieces;
      const length = Math.round((first!.to - first!.from) / 30.44);
      if (length <= months) return rest;
      const from = addMonths(first!.from, months);
      const part = (of: number): number => divide(of * (length - months), length);
      const issuedOn = Math.max(from, first!.issuedOn);
      return [{ ...first!, from, issuedOn, amount: part(first!.amount), net: part(first!.net) }, ...rest];
    }
    case 'missed_uplift':
    case 'discount_past_end':
      return pieces.map((piece) => ({ ...piece, net: pieces[0]!.net }));
  }
}
