import type { Column, Row } from '$lib/design/table.ts';
import type { ExportReach } from '$lib/records/data/reach.ts';
import { concluded } from '$lib/records/data/reachInWords.ts';
import { inWords } from '$lib/records/words.ts';

export const reachColumns: Column[] = [
  { id: 'exported_on', label: 'Export of', unit: 'date' },
  { id: 'what', label: 'Of' },
  { id: 'recognised_as', label: 'Recognised as' },
  { id: 'compared_with', label: 'Compared with', unit: 'date' },
  { id: 'known', label: 'Rows then', unit: 'count' },
  { id: 'absent', label: 'Absent now', unit: 'count', phone: 'figure' },
  { id: 'concluded', label: 'What was made of it' },
];

export const reachRows = (reach: ExportReach[]): Row[] =>
  reach.map((one, at) => ({
    key: String(at),
    cells: {
      exported_on: one.exported_on,
      what: inWords(one.table_name),
      recognised_as: one.recognised_as,
      compared_with: one.compared_with,
      known: one.known,
      absent: one.absent,
      concluded: concluded(one),
    },
  }));
