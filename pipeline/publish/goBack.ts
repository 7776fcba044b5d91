import { Problem } from '../problem.ts';
import { keptBuilds } from './keptBuilds.ts';
import { holdWarehouse } from './lock.ts';
import { noneBefore, publishAgain, rollback } from './publish.ts';
import { withPublished, type Build } from './published.ts';

const buildAt = (path: string): Promise<Build> => withPublished(path, (published) => published.build());

/** The id of a kept build; null where the file can't be read. */
async function idAt(path: string): Promise<string | null> {
  try {
    return (await buildAt(path)).build_id;
  } catch (error) {
    if (error instanceof Problem) return null;
    throw error;
  }
}

async function pathOf(buildId: string, out: string): Promise<string> {
  const known: string[] = [];
  for (const { path } of keptBuilds(out)) {
    const id = await idAt(path);
    if (id === buildId) return path;
    if (id !== null) known.push(id);
  }
  throw new Problem(
    `No build ${buildId} is kept beside the published one.`,
    known.length === 0 ? 'Load again.' : `Kept are ${known.join(', ')}.`,
    { file: out },
  );
}

/**
 * Publishes a kept build again: the one named, or the one before the published one. What is replaced is kept, so
 * that there is a way forward too. Throws a Problem where there is none such, or a load is under way, which would
 * publish over it what it began with.
 */
export async function goBack(out: string, buildId?: string): Promise<Build> {
  // Nothing is made where nothing is kept.
  if (keptBuilds(out).length === 0) throw noneBefore(out);
  const letGo = holdWarehouse(out);
  try {
    if (buildId === undefined) rollback(out);
    else publishAgain(await pathOf(buildId, out), out);
    return await buildAt(out);
  } finally {
    letGo();
  }
}
