import type { Inspection } from './inspection.ts';

/** An answer that settles a question: a setting for all files, or a way to read this one. */
export interface Answer {
  label: string;
  /** The example as it would then be read. */
  means?: string;
  setting?: 'date_order' | 'decimal_mark';
  value?: string;
  /** Which of the proposals is taken. */
  proposal?: number;
}

export interface FileQuestion {
  question: string;
  answers: Answer[];
}

/** Example cells of the column that a reason names. */
function examplesOf({ unread_reason: reason, preview }: Inspection): string {
  const named = /Column "(.+?)" can be read/.exec(reason ?? '')?.[1];
  const cells = preview.columns.find(({ header }) => header === named)?.cells ?? [];
  return named === undefined ? '' : ` “${named}”${cells.length > 0 ? ` says ${cells.join(', ')}` : ''}.`;
}

/** The question that stands between a file and its load, with the answers there are; null where there is none. */
export function questionOf(found: Inspection): FileQuestion | null {
  const { unread_reason: reason, preview, is_question: isQuestion } = found;
  if (!reason || !isQuestion) return null;
  if (/date_order/.test(reason))
    return {
      question: `Are these dates day first or month first?${examplesOf(found)}`,
      answers: [
        { label: 'Day first', means: '03/04/2026 is 3 April', setting: 'date_order', value: 'dmy' },
        { label: 'Month first', means: '03/04/2026 is March 4', setting: 'date_order', value: 'mdy' },
      ],
    };
  if (/decimal_mark/.test(reason))
    return {
      question: `Is the point or the comma before the cents?${examplesOf(found)}`,
      answers: [
        { label: 'Point', means: '1.234 is one and a bit', setting: 'decimal_mark', value: 'point' },
        { label: 'Comma', means: '1.234 is over a thousand', setting: 'decimal_mark', value: 'comma' },
      ],
    };
  const exports = preview.proposals
    .map(({ recognised_as: name }, proposal) => ({ label: name ?? '', proposal }))
    .filter(({ label }) => label !== '');
  if (/could be a/.test(reason) && exports.length > 1)
    return { question: 'Which of these exports is it?', answers: exports };
  return { question: reason, answers: [] };
}
