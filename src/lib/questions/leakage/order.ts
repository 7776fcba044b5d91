/** How the list of differences is sorted. */
export interface Order {
  column: string;
  descending: boolean;
}

/** The largest difference first; the address need not name it. */
export const standardOrder: Order = { column: 'difference', descending: true };
