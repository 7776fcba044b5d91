import { Problem } from '../../../pipeline/problem.ts';
import { calibration as reliability } from '../../lib/statistics/calibration.ts';
import { figure, interval, type Method } from './result.ts';
import { numberAbove } from './roles.ts';

const HAPPENED = new Set(['1', 'true', 'yes', 't', 'y', 'won']);
const DID_NOT = new Set(['0', 'false', 'no', 'f', 'n', 'lost']);

export const calibration: Method = {
  name: 'calibration',
  summary: 'whether stated probabilities come true (reliability diagram, Brier score)',
  source:
    'Dimitriadis, Gneiting & Jordan 2021, Stable reliability diagrams for probabilistic classifiers, PNAS 118(8) ' +
    'e2016191118',
  roles: [
    { name: 'probability', about: 'stated, 0 to 1' },
    { name: 'outcome', about: '1 where it happened, else 0' },
    { name: 'weight', about: 'how much it counts', optional: true },
    { name: 'cluster', about: 'predictions of the same thing', optional: true },
  ],
  example: 'calibration stages.csv --column outcome=is_won --column cluster=deal_id',
  run(table) {
    const { file } = table;
    const predictions = table.rows.map((row) => {
      const probability = numberAbove(table, row, 'probability', 0, true);
      if (probability > 1)
        throw new Problem(`A probability of ${probability}.`, 'Write 40% as 0.4.', { file, line: row.line });
      const outcome = row.cells['outcome']!.toLowerCase().replace(/\.0+$/, '');
      if (!HAPPENED.has(outcome) && !DID_NOT.has(outcome))
        throw new Problem(`"${outcome}" is no outcome.`, 'Write 1 or 0.', { file, line: row.line });
      const { cluster } = row.cells;
      return {
        ...{ probability, happened: HAPPENED.has(outcome) },
        ...('weight' in table.columns ? { weight: numberAbove(table, row, 'weight') } : {}),
        ...(cluster ? { cluster } : {}),
      };
    });
    if (predictions.length === 0)
      throw new Problem('There are no rows.', 'Give a row a prediction.', { file });
    const found = reliability(predictions);
    const off = found.chanceIfRight < 0.05;
    const few = found.clusters < 10 || found.uncertainty === 0;
    return {
      estimate: found.brier,
      low: found.brierInterval?.low ?? null,
      high: found.brierInterval?.high ?? null,
      what: 'Brier score: mean squared distance of probability and outcome',
      n: found.n,
      of: found.clusters === found.n ? 'predictions' : `predictions of ${found.clusters} things`,
      answer: few ? 'cannot tell' : off ? 'miscalibrated beyond chance' : 'no sign of miscalibration',
      warnings: found.uncertainty === 0 ? ['All outcomes are the same: nothing tells good from bad.'] : [],
      facts: {
        miscalibration: found.miscalibration,
        discrimination: found.discrimination,
        uncertainty: found.uncertainty,
        skill: found.skill,
        chance_if_right: found.chanceIfRight,
        points: found.points,
      },
      sections: [
        {
          title: 'Brier score = miscalibration − discrimination + uncertainty',
          head: ['miscalibration', 'discrimination', 'uncertainty', 'skill', 'chance if right'],
          rows: [
            [
              found.miscalibration,
              found.discrimination,
              found.uncertainty,
              found.skill,
              found.chanceIfRight,
            ].map(figure),
          ],
        },
        {
          title: 'Reliability',
          head: ['stated', 'happened', '95% if right', 'n'],
          rows: found.points.map((point) => [
            figure(point.probability),
            figure(point.happened),
            interval(point.low, point.high),
            String(point.n),
          ]),
        },
      ],
    };
  },
};
