import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from '../../src/cli/prepare.js';
import { answersFolder } from '../../src/lib/answers/answersFolder.ts';
import { saveAnswers } from '../../src/lib/answers/saveAnswers.ts';
import { newSubmissionId } from '../../src/lib/answers/submission.ts';
import { answersWaiting } from '../../src/lib/answers/waiting.ts';
import { everything } from '../../src/lib/access/scope.ts';
import { openWarehouse } from '../../src/lib/warehouse/warehouse.ts';
import { holdfast } from '../demoWarehouse.ts';

const folder = mkdtempSync(join(tmpdir(), 'holdfast-questionnaire-'));
const exports = join(folder, 'Opportunity_2026-11-16.csv');
const out = join(folder, 'company.duckdb');

const say = (respondent: string, department: string, level: string, on = '2026-11-21') => {
  const who = { respondent, department, team: '', region: '', on };
  const answers = [{ indicator: 'call-plans', level, comment: 'so, "it" is' }];
  saveAnswers(answersFolder(out), { ...who, id: newSubmissionId(on), answers });
};

interface Told {
  rows: number;
  answers: number;
  median: number;
  data_on: string;
  currency: string;
  waiting: number;
}

async function told(): Promise<Told> {
  const warehouse = await openWarehouse(out);
  const [row] = await warehouse.rows<Omit<Told, 'waiting'>>(
    `select (select count(*) from raw.assessment_answer_row) as rows, answers, median, data_on, currency
     from meta.build
     left join core.maturity_answer answer on answer.indicator_id = 'call-plans' and answer.scope_kind = 'company'
       and answer.fiscal_quarter = (select fiscal_quarter from core.maturity_quarter where is_last)`,
  );
  const waiting = await answersWaiting(warehouse, everything);
  warehouse.close();
  return { ...row!, waiting: waiting.length };
}

beforeAll(async () => {
  writeFileSync(join(folder, 'holdfast.yaml'), 'currency: EUR\n');
  writeFileSync(
    exports,
    'Id,Name,AccountId,OwnerId,StageName,CloseDate,Amount,IsClosed,IsWon,CreatedDate\n' +
      '0065g00000AAAAAAAA,One,0015g00000AAAAAAAA,0055g00000AAAAAAAA,Closed Won,2026-08-03,100,true,true,2026-05-01\n',
  );
  await holdfast('load', folder, '--out', out);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('answers given in the browser', () => {
  it('wait until the next build, which needs no file named and keeps the settings and the day of the data', async () => {
    say('ann', 'Sales', '1');
    say('bea', 'Service', '2');
    expect(await told()).toMatchObject({ rows: 0, waiting: 2 });
    await holdfast('load', '--out', out);
    expect(await told()).toEqual({
      ...{ rows: 2, answers: 2, median: 1.5, data_on: '2026-11-16', currency: 'EUR', waiting: 0 },
    });
  });

  it('are counted once, however often they are loaded', async () => {
    await holdfast('load', '--out', out);
    await holdfast('load', folder, '--out', out);
    expect(await told()).toMatchObject({ rows: 2, answers: 2, waiting: 0 });
  });

  it('survive a load from scratch', async () => {
    await holdfast('load', folder, '--out', out, '--from-scratch');
    expect(await told()).toMatchObject({ rows: 2, answers: 2, waiting: 0 });
  });

  it('are neither lost nor doubled when two are saved at once and a load is killed', async () => {
    say('ann', 'Sales', '3');
    say('cleo', 'Finance', '3');
    for (const pause of [400, 900, 1400]) {
      const load = spawn(process.execPath, [join(root, 'src/cli/holdfast.js'), 'load', '--out', out], {
        stdio: 'ignore',
      });
      const ended = new Promise((done) => load.once('close', done));
      await new Promise((wait) => setTimeout(wait, pause));
      load.kill('SIGKILL');
      await ended;
    }
    await holdfast('load', '--out', out);
    // Ann is heard once, the last time.
    expect(await told()).toMatchObject({ rows: 4, answers: 3, median: 3, waiting: 0 });
  });
});
