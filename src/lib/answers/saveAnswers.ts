import { closeSync, fsyncSync, linkSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** What one person said in one sitting. */
export interface Submission {
  /** Made with the form and so the same however often it is sent: `2026-11-21_220114123_` and some letters. */
  id: string;
  respondent: string;
  department: string;
  team: string;
  region: string;
  /** The day in the company's time zone. */
  on: string;
  answers: { indicator: string; level: string; comment: string }[];
}

const columns = [
  'indicator_id',
  'respondent_id',
  'department',
  'team',
  'region',
  'answered_on',
  'level',
  'comment',
];

const record = (cells: string[]) => `${cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')}\n`;

function asExport({ respondent, department, team, region, on, answers }: Submission): string {
  const rows = answers.map(({ indicator, level, comment }) =>
    record([indicator, respondent, department, team, region, on, level, comment]),
  );
  return `${columns.join(',')}\n${rows.join('')}`;
}

function flush(path: string): void {
  const handle = openSync(path, 'r');
  fsyncSync(handle);
  closeSync(handle);
}

/**
 * Adds a submission to the folder as an export of its own, which no other submission touches. It is there whole once
 * this returns, whatever happens next; until then it is not there at all. Saving the same one again changes nothing.
 */
export function saveAnswers(folder: string, submission: Submission): void {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `assessment_answer_${submission.id}.csv`);
  const aside = join(folder, `.${submission.id}.${process.pid}.${Math.random().toString(36).slice(2)}`);
  const handle = openSync(aside, 'wx');
  try {
    writeSync(handle, asExport(submission));
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  try {
    // A link, unlike a rename, never replaces what is there.
    linkSync(aside, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(aside, { force: true });
  }
  flush(folder);
}
