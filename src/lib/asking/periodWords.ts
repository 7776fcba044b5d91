import { period, periodBeside } from '../design/formats.ts';
import type { Span } from '../metrics/span.ts';
import { addDays } from '../metrics/span.ts';
import type { Asking } from './asking.ts';

function words(span: Span): string {
  if (span.period) return period(span.period);
  return period(`${span.from ?? ''}..${span.to ? addDays(span.to, -1) : ''}`);
}

/** The period asked about and the one compared with, as a sentence says them: "FY27 Q3" and "Q2".
 * Null where all there is is asked about, or nothing is compared. */
export function periodWords(asking: Asking): { now: string | null; before: string | null; isOpen: boolean } {
  const { isOpen } = asking;
  const now = asking.span === null ? null : words(asking.span);
  if (asking.before === null) return { now, before: null, isOpen };
  const beside = asking.before.period && asking.span?.period;
  return { now, before: beside ? periodBeside(asking.before.period!, beside) : words(asking.before), isOpen };
}
