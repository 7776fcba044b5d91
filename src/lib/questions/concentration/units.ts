import { BadRequest } from '../../metrics/badRequest.ts';
import { unitKinds, type UnitKind } from '../teams/unitKinds.ts';

/** Who discounts may be told by: as units that are set beside each other, and customers. */
export interface ConcentrationUnit extends Omit<UnitKind, 'id'> {
  id: UnitKind['id'] | 'customer';
}

/** Who a discount may be concentrated on: those who grant it, and those who get it. */
export const concentrationUnits: readonly ConcentrationUnit[] = [
  ...unitKinds,
  { id: 'customer', key: 'account_id', name: 'account_name', one: 'customer', several: 'customers' },
];

/** The parameter of the address that chooses among them. */
export const CONCENTRATED = 'concentrated';

/** Who the address asks about; reps where it names nobody. Throws BadRequest for what is no choice. */
export function concentrationUnit(search: URLSearchParams): ConcentrationUnit {
  const id = search.get(CONCENTRATED) ?? 'rep';
  const found = concentrationUnits.find((kind) => kind.id === id);
  if (found) return found;
  throw new BadRequest(
    CONCENTRATED,
    `"${id}" is not one of the choices.`,
    concentrationUnits.map((kind) => kind.id),
  );
}
