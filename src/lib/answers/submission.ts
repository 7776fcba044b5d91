import { randomUUID } from 'node:crypto';
import type { Submission } from './saveAnswers.ts';

/** What a form may hold at most, in characters. */
const LONGEST = { respondent: 200, place: 200, comment: 2000 };
const levels = new Set(['0', '1', '2', '3', "don't know"]);

/** Something in a form that has to be mended, and by whom it was asked. */
export class Unanswerable extends Error {
  readonly field: string;
  constructor(field: string, message: string) {
    super(message);
    this.name = 'Unanswerable';
    this.field = field;
  }
}

/**
 * A name for one sitting: the day first, since that says when the export was made, then the instant, so that of two
 * of a day the later one counts.
 */
export function newSubmissionId(on: string, now = new Date()): string {
  const instant = now.toISOString().replaceAll(/[^\d]/g, '').slice(8);
  return `${on}_${instant}_${randomUUID().slice(0, 8)}`;
}

const isSubmissionId = (id: string) => /^\d{4}-\d{2}-\d{2}_\d{9}_[0-9a-f]{8}$/.test(id);

const text = (form: FormData, name: string) => {
  const value = form.get(name);
  return typeof value === 'string' ? value.trim() : '';
};

function within(field: string, value: string, most: number): string {
  if (value.length > most) throw new Unanswerable(field, `That is longer than ${most} characters.`);
  return value;
}

/**
 * Reads what was filled in; `indicators` are the ids that are asked about. Questions without an answer are left out.
 * Throws Unanswerable for the first field that has to be mended.
 */
export function readSubmission(form: FormData, indicators: readonly string[]): Submission {
  const id = text(form, 'submission');
  if (!isSubmissionId(id))
    throw new Unanswerable('submission', 'The form is out of date. Load the page again.');
  const respondent = within('respondent', text(form, 'respondent'), LONGEST.respondent);
  if (respondent === '') throw new Unanswerable('respondent', 'Say who answers. No page shows it.');
  const department = within('department', text(form, 'department'), LONGEST.place);
  if (department === '')
    throw new Unanswerable('department', 'Say your department: an answer counts with those of another one.');
  const answers = indicators.flatMap((indicator) => {
    const level = text(form, `level.${indicator}`);
    if (level === '') return [];
    if (!levels.has(level)) throw new Unanswerable(`level.${indicator}`, 'That is none of the answers.');
    return [
      {
        indicator,
        level,
        comment: within(`comment.${indicator}`, text(form, `comment.${indicator}`), LONGEST.comment),
      },
    ];
  });
  if (answers.length === 0) throw new Unanswerable('answers', 'Nothing is answered yet.');
  const [team, region] = ['team', 'region'].map((name) => within(name, text(form, name), LONGEST.place));
  return { id, respondent, department, team: team!, region: region!, on: id.slice(0, 10), answers };
}
