import { count, moneyInWords, rate } from '../../design/formats.ts';
import { isolated } from '../isolated.ts';
import type { CustomerDeals, Years } from './deals.ts';
import type { Role } from './facts.ts';

/** "Pine Motors: 7 deals won, $241,000 of discount, 18.3% of list." */
export function findingOf(name: string, deals: CustomerDeals, years: Years, currency: string): string {
  const { discount, discount_rate: share, net_amount: net } = years.totals as Record<string, number | null>;
  const who = isolated(name);
  if (deals.won === 0) return `${who} has bought nothing yet.`;
  const won = `${who}: ${count(deals.won, 'deal')} won`;
  if (typeof discount === 'number' && typeof share === 'number')
    return `${won}, ${moneyInWords(discount, currency)} of discount, ${rate(share)} of list.`;
  return `${won}, ${moneyInWords(net ?? null, currency)}; list price is not known.`;
}

/** How it stands against the company, what else there is, and who owns it. */
export function standfirstOf(deals: CustomerDeals, years: Years, roles: Role[], today: string): string {
  const share = years.totals.discount_rate;
  const others = [
    deals.lost > 0 ? count(deals.lost, 'deal') + ' lost' : '',
    deals.open > 0 ? count(deals.open, 'deal') + ' open' : '',
  ].filter(Boolean);
  const parts = [
    typeof share === 'number' && years.companyRate !== null
      ? `${years.isOfAll ? 'All customers together' : 'The customers you see, together,'} get ${rate(years.companyRate)}.`
      : '',
    others.length > 0 ? `${others.join(', ')}.` : '',
    roles.length > 0 ? ownersInWords(roles, today) : '',
  ];
  return parts.filter(Boolean).join(' ');
}

/** Who owns the customer on a day; a dated owner tells more than an undated one. */
export function ownersOn(roles: Role[], day: string): string[] {
  const owners = roles.filter(({ role }) => role === 'owner');
  const dated = owners.filter(({ valid_from, valid_to }) => valid_from !== null || valid_to !== null);
  const now = (dated.length > 0 ? dated : owners).filter(
    ({ valid_from, valid_to }) => (valid_from ?? '') <= day && (valid_to === null || valid_to > day),
  );
  return [...new Set(now.map(({ person }) => person))];
}

function ownersInWords(roles: Role[], today: string): string {
  const owners = ownersOn(roles, today).map(isolated);
  if (owners.length === 0) return 'Nobody owns it.';
  if (owners.length === 1) return `${owners[0]} owns it.`;
  return `${owners.slice(0, -1).join(', ')} and ${owners.at(-1)} own it at once.`;
}
