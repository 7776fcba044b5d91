/** Widths, in CSS pixels, that a chart is drawn at, and from which width of its place on it is shown. */
export const figureSizes = [
  { name: 'narrow', from: 0, drawn: 328 },
  { name: 'small', from: 540, drawn: 560 },
  { name: 'medium', from: 760, drawn: 800 },
  { name: 'wide', from: 1040, drawn: 1120 },
] as const;

/** How wide a course beside a figure is drawn, in CSS pixels. */
export const SPARK = 120;

/** The sizes of a figure; one that never gets the whole width of a page has no widest. */
export const sizesOf = (half = false) => (half ? figureSizes.slice(0, -1) : figureSizes);

/** The width to draw at in a place so wide; Figure.svelte's container queries say the same without script. */
export function drawnWidth(place: number): number {
  return figureSizes.findLast(({ from }) => place >= from)!.drawn;
}
