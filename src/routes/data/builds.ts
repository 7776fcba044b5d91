import { dateAndTime, date, fileSize } from '$lib/design/formats.ts';
import type { Column, Row } from '$lib/design/table.ts';
import type { KeptBuild } from '$lib/records/data/builds.ts';

/** What a page is told of a build: not where its file lies. */
export type ShownBuild = Omit<KeptBuild, 'file' | 'stamp'>;

/** What changed from one build to another. */
export const changesHref = (from: string, to: string): string =>
  `/data/changes?${new URLSearchParams({ from, to })}`;

export const buildColumns: Column[] = [
  { id: 'built', label: 'Built' },
  { id: 'state', label: 'Which is' },
  { id: 'since', label: 'What changed' },
  { id: 'data_on', label: 'Exports up to' },
  { id: 'files', label: 'Files', unit: 'count' },
  { id: 'rows_loaded', label: 'Rows loaded', unit: 'count' },
  { id: 'deals', label: 'Won deals', unit: 'count' },
  { id: 'list_amount', label: 'List', unit: 'money' },
  { id: 'net_amount', label: 'Net', unit: 'money', phone: 'figure' },
  { id: 'discount', label: 'Discount', unit: 'money' },
  { id: 'size', label: 'On disk' },
];

/** A build in a table of builds, and what is said of it. */
export const buildRow = (build: ShownBuild, timeZone: string, state: string): Row => ({
  key: build.build_id,
  cells: {
    ...{ state, files: build.files, rows_loaded: build.rows_loaded, deals: build.deals },
    ...{ list_amount: build.list_amount, net_amount: build.net_amount, discount: build.discount },
    built: dateAndTime(build.built_at, timeZone),
    data_on: date(build.data_on),
    size: fileSize(build.bytes),
  },
  notes: { built: build.build_id },
});

const backHref = ({ build_id }: ShownBuild) => `/data/back?${new URLSearchParams({ to: build_id })}`;

/** Every build that is kept, the newest first: what changed since each, and the way to publish it again. */
export function buildList(builds: ShownBuild[], timeZone: string): Row[] {
  const published = builds.find(({ isPublished }) => isPublished);
  return builds.map((build, at) => {
    const isNewer = published !== undefined && build.built_at > published.built_at;
    const before = builds[at + 1];
    if (build.isPublished || !published) {
      const row = buildRow(build, timeZone, 'published');
      if (!before) return row;
      const links = { since: changesHref(before.build_id, build.build_id) };
      return { ...row, cells: { ...row.cells, since: 'with it' }, links };
    }
    const row = buildRow(build, timeZone, isNewer ? 'go forward to it' : 'go back to it');
    const [from, to] = isNewer ? [published, build] : [build, published];
    return {
      ...row,
      cells: { ...row.cells, since: isNewer ? 'with it' : 'since it' },
      links: { state: backHref(build), since: changesHref(from.build_id, to.build_id) },
    };
  });
}
