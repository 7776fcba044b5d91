import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import type { Scope } from '../access/scope.ts';
import { statuses, type FindingStatus } from '../questions/findings/finding.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { answersFolder } from './answersFolder.ts';
import { record, saveExport } from './saveExport.ts';
import { newSubmissionId, Unanswerable } from './submission.ts';
import { exportsWaiting } from './waiting.ts';

/** What one person decided about one finding. */
export interface Decision {
  /** Made with the form and so the same however often it is sent. */
  id: string;
  finding: string;
  status: FindingStatus;
  by: string;
  /** ISO instant, UTC. */
  at: string;
  note: string;
}

const LONGEST = { by: 200, note: 2000, finding: 500 };
const columns = ['finding_id', 'status', 'decided_by', 'decided_at', 'note'];

export { newSubmissionId as newDecisionId };

const isStatus = (text: string): text is FindingStatus => (statuses as readonly string[]).includes(text);

/** Reads what was filled in. Throws Unanswerable for the first field that has to be mended. */
export function readDecision(form: FormData, now = new Date()): Decision {
  const text = (name: string) => {
    const value = form.get(name);
    return typeof value === 'string' ? value.trim() : '';
  };
  const id = text('submission');
  if (!/^\d{4}-\d{2}-\d{2}_\d{9}_[0-9a-f]{8}$/.test(id))
    throw new Unanswerable('submission', 'The form is out of date. Load the page again.');
  const finding = text('finding');
  if (finding === '' || finding.length > LONGEST.finding)
    throw new Unanswerable('submission', 'The form names no finding. Load the page again.');
  const status = text('status');
  if (!isStatus(status)) throw new Unanswerable('status', 'Pick what is decided.');
  const by = text('by');
  if (by === '') throw new Unanswerable('by', 'Say who decides.');
  if (by.length > LONGEST.by) throw new Unanswerable('by', `That is longer than ${LONGEST.by} characters.`);
  const note = text('note');
  if (note.length > LONGEST.note)
    throw new Unanswerable('note', `That is longer than ${LONGEST.note} characters.`);
  if (status === 'not_a_problem' && note === '')
    throw new Unanswerable('note', 'Say why it is no problem: the next one who looks will ask.');
  return { id, finding, status, by, at: now.toISOString(), note };
}

/** Adds a decision to the folder as an export of its own, which every later load reads. */
export function saveDecision(folder: string, { id, finding, status, by, at, note }: Decision): void {
  saveExport(
    folder,
    'finding_status',
    id,
    `${columns.join(',')}\n${record([finding, status, by, at, note])}`,
  );
}

/** Decisions that the build has not read yet, the last of each finding. */
export async function decisionsWaiting(
  warehouse: Warehouse,
  scope: Scope,
): Promise<Map<string, { status: FindingStatus; note: string; at: string }>> {
  const files = await exportsWaiting(warehouse, 'finding_status', scope);
  const folder = answersFolder(warehouse.file);
  const found = new Map<string, { status: FindingStatus; note: string; at: string }>();
  for (const file of files) {
    const rows = parse(readFileSync(join(folder, file)), { columns: true }) as Record<string, string>[];
    for (const { finding_id: finding = '', status = '', note = '', decided_at: at = '' } of rows)
      if (isStatus(status) && at >= (found.get(finding)?.at ?? '')) found.set(finding, { status, note, at });
  }
  return found;
}
