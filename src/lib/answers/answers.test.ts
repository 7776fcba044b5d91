import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { saveAnswers, type Submission } from './saveAnswers.ts';
import { newSubmissionId, readSubmission, Unanswerable } from './submission.ts';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'holdfast-answers-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const saved = () => readdirSync(folder).filter((name) => !name.startsWith('.'));
const rowsOf = (name: string) =>
  parse(readFileSync(join(folder, name)), { columns: true }) as Record<string, string>[];

const submission = (more: Partial<Submission> = {}): Submission => ({
  ...{ id: newSubmissionId('2026-11-21'), respondent: 'ann', department: 'Sales', team: '', region: '' },
  ...{ on: '2026-11-21', answers: [{ indicator: 'call-plans', level: '2', comment: '' }] },
  ...more,
});

describe('saving answers', () => {
  it('keeps any text as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (comment) => {
        const one = submission({ answers: [{ indicator: 'call-plans', level: '2', comment }] });
        saveAnswers(folder, one);
        const [row] = rowsOf(`assessment_answer_${one.id}.csv`);
        expect(row?.comment).toBe(comment);
      }),
      { numRuns: 50 },
    );
  });

  it('saves once what is sent twice', () => {
    const one = submission();
    saveAnswers(folder, one);
    saveAnswers(folder, one);
    expect(saved()).toEqual([`assessment_answer_${one.id}.csv`]);
  });

  it('leaves a whole file or none when it is killed', async () => {
    const module = JSON.stringify(new URL('./saveAnswers.ts', import.meta.url).href);
    const endless = `import(${module}).then(({ saveAnswers }) => {
      const answers = Array.from({ length: 400 }, (_, i) => ({ indicator: 'i' + i, level: '1', comment: 'x'.repeat(500) }));
      process.stdout.write('ready');
      for (let n = 0; ; n++)
        saveAnswers(${JSON.stringify(folder)}, { id: process.pid + '_' + n, respondent: 'r', department: 'd', team: '', region: '', on: '2026-11-21', answers });
    })`;
    for (let run = 0; run < 3; run++) {
      // Two at once, so that they meet.
      const children = [0, 1].map(() =>
        spawn(process.execPath, ['--import', 'tsx', '--eval', endless], {
          stdio: ['ignore', 'pipe', 'inherit'],
        }),
      );
      await Promise.all(children.map((child) => new Promise((ready) => child.stdout.once('data', ready))));
      await new Promise((wait) => setTimeout(wait, 40 + 37 * run));
      await Promise.all(
        children.map((child) => {
          const ended = new Promise((done) => child.once('close', done));
          child.kill('SIGKILL');
          return ended;
        }),
      );
    }
    expect(saved().length).toBeGreaterThan(3);
    for (const name of saved()) expect(rowsOf(name)).toHaveLength(400);
  });
});

describe('reading what was filled in', () => {
  const form = (cells: Record<string, string>) => {
    const data = new FormData();
    const usual = { submission: newSubmissionId('2026-11-21'), respondent: 'ann', department: 'Sales' };
    for (const [name, value] of Object.entries({ ...usual, ...cells })) data.set(name, value);
    return data;
  };
  const refused = (cells: Record<string, string>) => {
    try {
      readSubmission(form(cells), ['call-plans']);
    } catch (error) {
      if (error instanceof Unanswerable) return error.field;
      throw error;
    }
    return null;
  };

  it('takes the questions that are answered, and no others', () => {
    const cells = { 'level.call-plans': '3', 'comment.call-plans': ' yes ', 'level.made-up': '3' };
    expect(readSubmission(form(cells), ['call-plans', 'cx-level']).answers).toEqual([
      { indicator: 'call-plans', level: '3', comment: 'yes' },
    ]);
  });

  it.each([
    [{ respondent: ' ' }, 'respondent'],
    [{ department: '' }, 'department'],
    [{}, 'answers'],
    [{ 'level.call-plans': '4' }, 'level.call-plans'],
    [{ 'level.call-plans': '3', submission: '../../x' }, 'submission'],
    [{ 'level.call-plans': '3', respondent: 'x'.repeat(300) }, 'respondent'],
  ])('refuses %o by the name of the field', (cells, field) => {
    expect(refused(cells as Record<string, string>)).toBe(field);
  });
});
