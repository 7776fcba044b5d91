import { bunching as bunched, FEWEST_NEAR, NEAR, type Bunching } from '../../lib/statistics/bunching.ts';
import { WrongUsage } from '../failure.ts';
import { figure, interval, type Method, type Result } from './result.ts';
import { numberIn } from './roles.ts';

interface Options {
  limit?: number;
  inclusive?: boolean;
}

function answerOf({ share }: Bunching): string {
  if (share.verdict === 'effect') return share.estimate > 0 ? 'bunching' : 'fewer at the limit than expected';
  return share.verdict === 'cannot tell'
    ? 'cannot tell'
    : `no excess larger than ${figure(share.largerThan)} of those near`;
}

const what = `excess at and just below the limit, as a share of those within ${NEAR} points of it`;

function told(found: Bunching, warnings: string[]): Result {
  const { share, excess, excessInterval, missing, window, near, bins } = found;
  return {
    ...{ estimate: share.estimate, low: share.low, high: share.high, what, n: near },
    of: `within ${NEAR} points of the limit, of ${found.n} that the curve is drawn from`,
    answer: answerOf(found),
    warnings: [...warnings, ...found.warnings],
    facts: {
      ...{
        excess,
        excess_interval: excessInterval,
        missing_above: missing,
        window,
        balanced: found.balanced,
      },
      bins: bins.map(({ upTo, found, expected, inWindow }) => {
        return { up_to: upTo, found, expected, in_window: inWindow };
      }),
    },
    sections: [
      {
        title: 'Excess and what is missing above',
        head: ['excess', '95% interval', 'missing above', 'window from', 'to'],
        rows: [
          [
            figure(excess),
            interval(excessInterval?.low, excessInterval?.high),
            ...[missing, window.from, window.to].map(figure),
          ],
        ],
      },
      {
        title: 'Points of discount',
        head: ['up to', 'found', 'expected', 'in the window'],
        rows: bins.map((bin) => [
          figure(bin.upTo),
          String(bin.found),
          figure(bin.expected),
          bin.inWindow ? 'yes' : '',
        ]),
      },
    ],
  };
}

export const bunching: Method<Options> = {
  name: 'bunching',
  summary: 'whether rates gather at and just below a limit',
  source:
    'Kleven & Waseem 2013, Quarterly Journal of Economics 128, 669–723; Kleven 2016, Annual Review of Economics 8, ' +
    '435–464; after Chetty, Friedman, Olsen & Pistaferri 2011, Quarterly Journal of Economics 126, 749–804',
  roles: [
    { name: 'value', about: 'a rate in percent, such as 17.5; or all as shares, with the limit' },
    { name: 'deal', about: 'rates that go together; each by itself where not given', optional: true },
  ],
  example: 'bunching lines.csv --column value=discount_percent --limit 20 --inclusive',
  run(table, { limit, inclusive = false }) {
    if (limit === undefined) throw new WrongUsage('bunching takes --limit N, in percent.');
    const values = table.rows.map((row) => ({
      rate: numberIn(table, row, 'value'),
      deal: row.cells['deal'],
    }));
    const shares = limit <= 1 && values.every(({ rate }) => rate <= 1);
    const warnings = shares ? ['Values and limit are read as shares: 0.2 is 20 points.'] : [];
    const rates = values.map(({ rate, deal }) => ({
      rate: shares ? rate * 100 : rate,
      ...(deal ? { deal } : {}),
    }));
    const found = bunched(rates, shares ? limit * 100 : limit, { inclusive });
    if (found.bunching) return told(found.bunching, warnings);
    return {
      ...{ estimate: null, low: null, high: null, what, n: rates.length, of: 'rates' },
      answer: `cannot tell: ${found.why}`,
      warnings: [...warnings, `At least ${FEWEST_NEAR} within ${NEAR} points of the limit are needed.`],
      facts: { why: found.why },
      sections: [],
    };
  },
};
