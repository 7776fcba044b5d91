/** One step of a sum that is told bar by bar. */
export interface Step {
  amount: number | null;
  /** A total stands on zero and shows what the sum has come to; the other steps change it. */
  kind: string;
}

export type Run<S extends Step> = S & { amount: number; from: number; to: number };

/**
 * Where each step's bar begins and ends. A total is drawn as the amount it states, and the sum goes on from
 * there; a step that is not known is left out, since it would be drawn as zero.
 */
export function running<S extends Step>(steps: S[]): Run<S>[] {
  let sum = 0;
  return steps.flatMap((step) => {
    if (step.amount === null) return [];
    const from = step.kind === 'total' ? 0 : sum;
    sum = step.kind === 'total' ? step.amount : sum + step.amount;
    return [{ ...step, amount: step.amount, from, to: sum }];
  });
}
