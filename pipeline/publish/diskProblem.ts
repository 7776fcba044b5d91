import { dirname } from 'node:path';
import { Problem } from '../problem.ts';

const full = /No space left|Out of Memory|ENOSPC|EDQUOT/i;
const forbidden = /Permission denied|Read-only file system|Operation not permitted|EACCES|EPERM|EROFS/i;
const notThere = /Not a directory|Is a directory|No such file|ENOTDIR|EISDIR|ENOENT|EEXIST/i;
const broken = /not a valid DuckDB database file|was created with|corrupt|checksum/i;

/**
 * What a person can do about a fault of the disk met while the warehouse `out` was being made; the error itself
 * where it is none.
 */
export function diskProblem(error: unknown, out: string): unknown {
  if (error instanceof Problem || !(error instanceof Error)) return error;
  const [said = ''] = error.message.split('\n');
  const place = { file: out };
  const path = (error as NodeJS.ErrnoException).path;
  const isHere = path ? out.startsWith(path) || path.startsWith(out) : said.includes(dirname(out));
  if (full.test(said))
    return new Problem(
      `There was not enough room to build the warehouse: ${said}.`,
      'Free disk space or memory, or load fewer files at a time.',
      place,
    );
  if (isHere && forbidden.test(said))
    return new Problem(
      `The warehouse may not be written here: ${said}.`,
      'Change the permissions of the folder, or name another place with --out.',
      place,
    );
  if (isHere && notThere.test(said))
    return new Problem(
      `The warehouse can't be written here: ${said}.`,
      'Name another place with --out.',
      place,
    );
  if (broken.test(said))
    return new Problem(
      `What is published here can't be read: ${said}.`,
      'Go back with holdfast rollback, or load with --from-scratch.',
      place,
    );
  return error;
}
