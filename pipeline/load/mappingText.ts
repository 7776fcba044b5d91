import { Document } from 'yaml';
import { canonicalTable } from '../schema/canonical.ts';
import type { Inspection } from './inspectFile.ts';
import type { ColumnExample } from './preview.ts';
import { proposeMapping } from './proposeMapping.ts';
import { feedEntry } from './writeMapping.ts';

/** A cell that nobody looked at: what is known of an unknown file's columns here is their headers. */
const unseen = (header: string): ColumnExample => ({ header, cells: [], values: null });

/**
 * An entry for a file that is not recognised, to be filled in: of the table that its headers are most like, with the
 * columns that nothing is like left to name. Empty where it has no headers.
 */
function skeletonOf({ path, headers, unread_reason: reason }: Inspection): string[] {
  if (headers.length === 0) return [`${path}: ${reason}`];
  const [likely] = proposeMapping(path, headers, headers.map(unseen));
  const entries = likely?.entries ?? [{ path, table: 'deal', columns: {} }];
  const filled = entries.map((entry) => {
    const lacking = (canonicalTable(entry.table)?.columns ?? [])
      .filter(({ name, required }) => required && !(name in entry.columns))
      .map(({ name }) => [name, '…']);
    return { ...entry, columns: { ...entry.columns, ...Object.fromEntries(lacking) } };
  });
  return [
    `${path}: not recognised; its columns: ${headers.join(', ')}`,
    likely
      ? `It might be read so; check it, fill in what is "…", and take the # away:`
      : `Nothing is like it; name its table and columns, and take the # away:`,
    ...new Document(filled)
      .toString({ lineWidth: 0 })
      .trimEnd()
      .split('\n')
      .map((line) => `  ${line}`),
  ];
}

/**
 * The mapping by which inspected files would be read, as the text of a `holdfast.yaml` to check, change and
 * keep. A file that is not recognised stands in a comment as what it might be, for a person to complete.
 */
export function mappingText(inspections: readonly Inspection[]): string {
  // A file read by a mapping has one already.
  const guessed = inspections.filter(({ plan }) => plan?.names === 'positions');
  const files = guessed.flatMap(({ path, plan, headers }) =>
    plan!.feeds.map((feed) => feedEntry(path, feed, headers)),
  );
  const document = new Document({ files });
  const open = inspections.filter(({ plan }) => plan === null).flatMap(skeletonOf);
  document.commentBefore = ['How Holdfast would read these files. What is written here wins.', ...open]
    // A name may hold a line break, which would end the comment.
    .map((line) => ` ${line.replaceAll(/[\r\n]+/g, ' ')}`)
    .join('\n');
  return document.toString({ lineWidth: 0 });
}
