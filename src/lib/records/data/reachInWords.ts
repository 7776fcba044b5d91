import type { ExportReach } from './reach.ts';

/** What was concluded, in words. */
export function concluded(reach: ExportReach): string {
  if (reach.taken_as === 'part')
    return 'taken for a part: it holds fewer than half of the rows before, so nothing absent is gone';
  if (reach.out_of_reach === 0) return 'taken for gone';
  const cut = `taken for out of its reach (${reach.out_of_reach_why})`;
  return reach.vanished === 0
    ? cut
    : `${reach.vanished} taken for gone, ${reach.out_of_reach} ${cut.slice(6)}`;
}
