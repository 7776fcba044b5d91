import { mustSeeEverything, type Scope } from '../../../access/scope.ts';
import { BadRequest } from '../../../metrics/badRequest.ts';
import { heldPair } from '../../../warehouse/heldPairs.ts';
import { TwoBuilds } from '../../../warehouse/twoBuilds.ts';
import type { KeptBuild } from '../builds.ts';
import { preparation } from './prepare.ts';

/** Two builds of one currency, opened together. */
export interface Compared {
  before: KeptBuild;
  after: KeptBuild;
  two: TwoBuilds;
}

/**
 * Opens two builds to compare them, or finds them open. Throws BadRequest where they can't be compared: one and the
 * same, of two reporting currencies, or one made by a version of the product that told less.
 */
export async function comparedBuilds(before: KeptBuild, after: KeptBuild, scope: Scope): Promise<Compared> {
  mustSeeEverything(scope);
  if (before.build_id === after.build_id) throw new BadRequest('to', 'A build is compared with another one.');
  if (before.currency !== after.currency)
    throw new BadRequest(
      'from',
      `The one build counts in ${before.currency}, the other in ${after.currency}: their sums can't be subtracted.`,
    );
  try {
    const two = await heldPair(`${before.stamp} ${after.stamp}`, () =>
      TwoBuilds.open(before.file, after.file, preparation),
    );
    return { before, after, two };
  } catch (error) {
    if (error instanceof Error && /^(Catalog|Binder) Error/.test(error.message))
      throw new BadRequest(
        'from',
        'One of these builds was made by another version of Holdfast and can’t be compared.',
      );
    throw error;
  }
}
