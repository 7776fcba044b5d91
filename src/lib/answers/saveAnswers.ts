import { record, saveExport } from './saveExport.ts';

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

function asExport({ respondent, department, team, region, on, answers }: Submission): string {
  const rows = answers.map(({ indicator, level, comment }) =>
    record([indicator, respondent, department, team, region, on, level, comment]),
  );
  return `${columns.join(',')}\n${rows.join('')}`;
}

/**
 * Adds a submission to the folder as an export of its own, which no other submission touches. It is there whole once
 * this returns, whatever happens next; until then it is not there at all. Saving the same one again changes nothing.
 */
export function saveAnswers(folder: string, submission: Submission): void {
  saveExport(folder, 'assessment_answer', submission.id, asExport(submission));
}
