/**
 * Which periods of a statement may be summed, and which months they cover. A statement says when its periods begin
 * and not how long they are: all are taken to be as long as the shortest step from one to the next, in whole months
 * of the calendar, so that statements of months, quarters and years are told apart.
 */
export function statedMonths({
  calendar,
  year,
  began,
  known,
}: {
  /** All months there are, in order. */
  calendar: readonly string[];
  /** The months asked about. */
  year: readonly string[];
  /** Months in which any period of the statement begins. */
  began: readonly string[];
  /** Those of them whose figures are known, within the months asked about. */
  known: readonly string[];
}): { periods: string[]; months: string[]; isYear: boolean } {
  const place = new Map(calendar.map((month, at) => [month, at]));
  const places = (months: readonly string[]) =>
    [...new Set(months)].flatMap((month) => place.get(month) ?? []).toSorted((a, b) => a - b);
  const starts = places(began);
  const length = Math.min(...starts.slice(1).map((at, before) => at - starts[before]!));
  const last = Math.max(...places(year));
  const counted = places(known).filter((at) => at + length - 1 <= last);
  const covered = counted.flatMap((at) => calendar.slice(at, at + length));
  return {
    periods: counted.map((at) => calendar[at]!),
    months: covered,
    isYear: year.length > 0 && year.every((month) => covered.includes(month)),
  };
}
