/** Where the model finder's inner frame lies, in shares of the picture's width and height. */
export const frame = { left: 0.13, right: 0.02, top: 0.02, bottom: 0.09, ratio: 0.56 } as const;

/** Share of the picture's width at which `value` stands on an axis from 0 to `longest`. */
export const acrossAt = (value: number, longest: number): number =>
  frame.left + (1 - frame.left - frame.right) * Math.min(1, Math.max(0, value / longest));

/** Share of the picture's height at which the fraction `share` stands, from above. */
export const downAt = (share: number): number =>
  frame.top + (1 - frame.top - frame.bottom) * (1 - Math.min(1, Math.max(0, share)));

/** The value that a point at a share of the picture's width stands for; whole days, at least 1. */
export const valueAcross = (at: number, longest: number): number =>
  Math.round(Math.min(longest, Math.max(1, ((at - frame.left) / (1 - frame.left - frame.right)) * longest)));

/** The whole percentage that a point at a share of the picture's height stands for. */
export const percentDown = (at: number): number =>
  Math.round(100 * Math.min(1, Math.max(0, 1 - (at - frame.top) / (1 - frame.top - frame.bottom))));
