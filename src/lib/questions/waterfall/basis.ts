import { BadRequest } from '../../metrics/badRequest.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import type { Basis } from './onInvoice.ts';

const choices: Basis[] = ['booked', 'billed'];

/** The basis that an address asks for: as booked, unless it says otherwise. */
export function basisOf(search: URLSearchParams): Basis {
  const asked = search.get('basis') ?? 'booked';
  const basis = choices.find((choice) => choice === asked);
  if (!basis) throw new BadRequest('basis', `"${asked}" is not one of the choices.`, choices);
  return basis;
}

/** Whether the build has any bill at all. */
export async function hasBills(warehouse: Warehouse): Promise<boolean> {
  const [found] = await warehouse.remember('bills loaded', () =>
    warehouse.rows<{ any: boolean }>('select exists (from marts.fact_invoice_line) as any'),
  );
  return found?.any ?? false;
}
