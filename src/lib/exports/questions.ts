import type { Inspection } from './inspection.ts';

/** An answer that settles a question: a setting for all files, or a way to read this one. */
export interface Answer {
  label: string;
  /** What a cell would then mean. */
  means?: string;
  setting?: string;
  value?: string;
  /** Which of the proposals is taken. */
  proposal?: number;
}

export interface FileQuestion {
  question: string;
  /** Why it has to be asked, with the cells that leave it open. */
  because: string;
  answers: Answer[];
}

interface Choice {
  value: string;
  label: string;
  means: string;
}

/** Settings that a question may ask for, and their values in words. */
const settings: Record<string, { question: string; choices: Choice[] }> = {
  date_order: {
    question: 'Are these dates day first or month first?',
    choices: [
      { value: 'dmy', label: 'Day first', means: '03/04/2026 is 3 April' },
      { value: 'mdy', label: 'Month first', means: '03/04/2026 is March 4' },
      { value: 'ymd', label: 'Year first', means: '03/04/05 is 5 April 2003' },
    ],
  },
  decimal_mark: {
    question: 'Is it the point or the comma that stands before the cents?',
    choices: [
      { value: 'point', label: 'The point', means: '1.234 is one and a bit' },
      { value: 'comma', label: 'The comma', means: '1.234 is over a thousand' },
    ],
  },
  percent: {
    question: 'How are these percentages written?',
    choices: [
      { value: 'fraction', label: 'As shares', means: '0.12 is 12%' },
      { value: 'points', label: 'As percent', means: '12 is 12%' },
    ],
  },
  credits: {
    question: 'Which sign do amounts marked CR have?',
    choices: [
      { value: 'negative', label: 'Minus', means: '100 CR is −100' },
      { value: 'positive', label: 'Plus', means: '100 CR is 100' },
    ],
  },
};

/** Whether a setting may be given this value by an answer. */
export function isAnswer(setting: string, value: string): boolean {
  if (setting === 'currency_signs') return /^[^=]+=[A-Z]{3}$/.test(value);
  return settings[setting]?.choices.some((choice) => choice.value === value) ?? false;
}

/** What stands before the request to set something, without the place in a settings file. */
const because = (reason: string) =>
  reason.replace(/\s*(Which (is it|is right)\?|Set \w+:).*$/s, '').replace(/^\S*holdfast\.yaml:\d+:?\s*/, '');

function signQuestion(reason: string): FileQuestion | null {
  const [, token, family] = /"(.+?)" in column ".+?" may be ([A-Z]{3}(?:, [A-Z]{3})*)/.exec(reason) ?? [];
  if (token === undefined || family === undefined) return null;
  return {
    question: `Which currency is “${token}”?`,
    because: because(reason),
    answers: family.split(', ').map((code) => ({
      label: code,
      setting: 'currency_signs',
      value: `${token}=${code}`,
    })),
  };
}

/** The question that stands between a file and its load, with the answers there are; null where there is none. */
export function questionOf(found: Inspection): FileQuestion | null {
  const { unread_reason: reason, preview, is_question: isQuestion } = found;
  if (!reason || !isQuestion) return null;
  const asked = Object.keys(settings).find((name) => new RegExp(`\\b${name}\\b: ?\\w`).test(reason));
  if (asked) {
    const { question, choices } = settings[asked]!;
    // What is not named in the question does not fit the column.
    const fits = choices.filter(({ value }) => new RegExp(`\\b${value}\\b`).test(reason));
    return {
      question,
      because: because(reason),
      answers: fits.map(({ value, label, means }) => ({ label, means, setting: asked, value })),
    };
  }
  const exports = preview.proposals
    .map(({ recognised_as: name }, proposal) => ({ label: name ?? '', proposal }))
    .filter(({ label }) => label !== '');
  if (/could be a/.test(reason) && exports.length > 1)
    return { question: 'Which of these exports is it?', because: '', answers: exports };
  return signQuestion(reason) ?? { question: because(reason) || reason, because: '', answers: [] };
}
