import { NotYours } from '../access/notYours.ts';
import { BadRequest } from '../metrics/badRequest.ts';
import { NoWarehouse } from '../warehouse/warehouse.ts';

/** Why a request got no answer, as the HTTP API says it. */
export interface Refusal {
  status: 400 | 403 | 503;
  error: string;
  /** The parameter at fault, where one is known. */
  parameter: string | null;
  allowed: readonly string[];
}

/** What a reader can mend or wait for; null for a fault of ours, which is to be thrown on. */
export function refusalOf(error: unknown): Refusal | null {
  if (error instanceof BadRequest) {
    const { message, parameter, allowed } = error;
    return { status: 400, error: shortened(message), parameter: shortened(parameter), allowed };
  }
  if (error instanceof NotYours) return { status: 403, error: error.message, parameter: null, allowed: [] };
  if (error instanceof NoWarehouse)
    return { status: 503, error: 'No data is loaded yet.', parameter: null, allowed: [] };
  if (isOfEarlierVersion(error))
    return {
      status: 503,
      error: 'The data were loaded by an earlier version. Load them again.',
      parameter: null,
      allowed: [],
    };
  // A value that looks like its kind and is none, such as 31 February, is found out by the database.
  if (error instanceof Error && error.message.startsWith('Conversion Error'))
    return {
      status: 400,
      error: shortened(error.message.split('\n')[0]!),
      parameter: null,
      allowed: [],
    };
  return null;
}

/** Whether a table is asked for that builds made by an earlier version don't have. */
export const isOfEarlierVersion = (error: unknown): boolean =>
  error instanceof Error && /^Catalog Error: Table with name \S+ does not exist/.test(error.message);

/** Whole as a person reads it, and no mirror for whatever was sent. */
const shortened = (text: string) => (text.length > 300 ? `${text.slice(0, 300)}…` : text);

/** Throws BadRequest for a parameter given more than once: which of its values was meant nobody can tell. */
export function onceEach(search: URLSearchParams): void {
  for (const name of new Set(search.keys()))
    if (search.getAll(name).length > 1)
      throw new BadRequest(name, `"${name}" is given more than once; join several values by commas.`);
}
