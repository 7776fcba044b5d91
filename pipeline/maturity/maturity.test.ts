import { beforeAll, describe, expect, it } from 'vitest';
import { modelled } from '../models/modelled.fixture.ts';
import { answers, eliteCompany, type Company } from './eliteCompany.fixture.ts';
import { maturityModel, parseMaturityModel } from './indicators.ts';

const quarter = '2026-Q3';
const domains = ['alignment', 'enablement', 'selling'];

interface Level {
  domain: string;
  level_at_least: number;
  level_at_most: number;
  score: number | null;
}

interface Told {
  indicator_id: string;
  state: string;
  reason: string | null;
}

async function assess({ given, methods }: Company): Promise<{ levels: Level[]; indicators: Told[] }> {
  const { rows } = await modelled(given, '', undefined, {
    methodFigures: async () =>
      methods.map((one) => ({ ...one, quarter, scopeKind: 'company', scope: '', n: 40 })),
  });
  const here = `fiscal_quarter = '${quarter}' and scope_kind = 'company'`;
  return {
    levels: (await rows(
      `select domain, level_at_least, level_at_most, score from marts.fact_maturity where ${here} order by domain`,
    )) as unknown as Level[],
    indicators: (await rows(
      `select distinct indicator_id, state, reason from marts.fact_indicator where ${here} order by 1`,
    )) as unknown as Told[],
  };
}

const exactly = (...levels: number[]) =>
  domains.map((domain, i) => ({ domain, level_at_least: levels[i], level_at_most: levels[i] }));

describe('a company whose people all see it at one level, and whose data bear them out', () => {
  it.each([0, 1, 2, 3])('lands exactly at level %i in every domain', async (level) => {
    const company = eliteCompany();
    company.given.assessment_answer = answers(level);
    const { levels } = await assess(company);
    expect(levels).toMatchObject(exactly(level, level, level));
  });
});

type Breaking = (company: Company) => void;
const keep = (company: Company, table: string, share: number) => {
  const rows = company.given[table]!;
  company.given[table] = rows.slice(0, Math.round(rows.length * share));
};
const method = (company: Company, figure: string, change: object) => {
  Object.assign(
    company.methods.find((one) => one.figure === figure)!,
    change,
  );
};

/** What makes one indicator fail, whatever people say. */
const breaking: Record<string, Breaking> = {
  'customer-owned': ({ given }) => {
    given.account_role = given.account_role!.filter((row) => row.role !== 'owner' || row.account_id !== 'a7');
    given.account_role = given.account_role.filter((row) => row.role !== 'owner' || row.account_id !== 'a8');
  },
  'value-scouts': ({ given }) => {
    for (const row of given.value_finding!) row.person_id = 'p1';
  },
  'unanticipated-value': ({ given }) => {
    given.value_finding!.forEach((row, i) => (row.is_anticipated = i % 5 > 0));
  },
  'forecast-rigour': (company) => method(company, 'forecast_skill', { value: -0.1, low: -0.4 }),
  'discount-visible': ({ given }) => {
    for (const row of given.deal_line!.slice(0, 10))
      Object.assign(row, { unit_list: null, list_amount: null });
  },
  'exceptions-governed': ({ given }) => {
    for (const row of given.price_exception!.slice(0, 50)) row.decided_on = '2026-08-11';
  },
  'exceptions-objective': ({ given }) => {
    for (const row of given.price_exception!.slice(0, 50)) row.value_evidence = null;
  },
  'discount-not-concentrated': (company) =>
    method(company, 'concentration_beyond_mix', { value: 0.08, high: 0.1 }),
  'no-limit-gaming': (company) => method(company, 'excess_at_limits', { value: 0.2, high: 0.3 }),
  'rfp-shaped': ({ given }) => {
    for (const row of given.deal!.slice(0, 90)) row.rfp_engagement = 'unknown';
  },
  'value-tracked': ({ given }) => {
    for (const row of given.value_assessment!.slice(-15)) row.evidence = 'rep_estimated';
  },
  'profit-in-pay': ({ given }) => {
    for (const row of given.compensation_plan!.slice(0, 2)) row.profit_share = 0;
  },
  'managers-coach': ({ given }) => {
    // On a deal just before its close, whatever the session is called.
    for (const row of given.coaching_session!.slice(0, 40))
      Object.assign(row, { held_on: '2026-08-05', deal_id: 'd0' });
  },
  'continuous-development': ({ given }) => {
    for (const row of given.coaching_session!.slice(72)) if (row.rep_id !== 'p1') row.held_on = '2026-09-15';
  },
  'predictive-focus': ({ given }) => {
    for (const row of given.coaching_session!.slice(0, 40)) row.focus = 'trailing_result';
  },
  'coaching-measured': (company) =>
    method(company, 'coaching_effect_can_be_told', { value: 0, low: 0, high: 0 }),
  'loops-closed': (company) => keep(company, 'improvement_loop', 0.67),
  'value-by-outcome': ({ given }) => {
    given.value_assessment = given.value_assessment!.filter((_, i) => i >= 60);
  },
};

const model = maturityModel();
const firstGate = (id: string) =>
  Math.min(...model.indicators.find((one) => one.id === id)!.gates.map(({ level }) => level));

const domainOf = (id: string) => model.indicators.find((one) => one.id === id)!.domain;

describe('an elite company with one failing figure in a domain', () => {
  it('has a way to fail for every computed indicator', () => {
    const computed = model.indicators.filter(({ kind }) => kind !== 'assessed').map(({ id }) => id);
    expect(Object.keys(breaking).sort()).toEqual(computed.sort());
  });

  /** One of each domain at a time: they don't meet. */
  const rounds = Array.from({ length: 20 }, (_, round) =>
    domains.flatMap((domain) => {
      const ids = Object.keys(breaking).filter((id) => domainOf(id) === domain);
      return ids[round] === undefined ? [] : [ids[round]];
    }),
  ).filter((ids) => ids.length > 0);

  it.each(rounds.map((ids) => [ids.join(', '), ids] as const))(
    'stands just below the level that it gates: %s',
    async (_, ids) => {
      const company = eliteCompany();
      for (const id of ids) breaking[id]!(company);
      const { levels, indicators } = await assess(company);
      expect(indicators.filter(({ state }) => state === 'not met').map((one) => one.indicator_id)).toEqual(
        [...ids].sort(),
      );
      for (const domain of domains) {
        const failing = ids.find((id) => domainOf(id) === domain);
        const level = failing === undefined ? 3 : firstGate(failing) - 1;
        expect(levels.find((one) => one.domain === domain)).toMatchObject({
          level_at_least: level,
          level_at_most: level,
        });
      }
    },
  );
});

describe('a company that loaded nothing but deals', () => {
  let told: Awaited<ReturnType<typeof assess>>;
  beforeAll(async () => {
    const { given } = eliteCompany();
    told = await assess({ given: { deal: given.deal!, deal_line: given.deal_line! }, methods: [] });
  });

  it('may be anything, and says so', () => {
    for (const level of told.levels) expect([level.level_at_least, level.level_at_most]).toEqual([0, 3]);
  });

  it('lists every indicator that lacks its input as unknown, with the reason', () => {
    const unknown = told.indicators.filter(({ state }) => state === 'unknown');
    const known = told.indicators.filter(({ state }) => state !== 'unknown').map((one) => one.indicator_id);
    expect(known).toEqual(['rfp-shaped']);
    expect(unknown).toHaveLength(model.indicators.length - 1);
    for (const one of unknown) expect(one.reason).not.toBeNull();
  });
});

describe('answers', () => {
  /** Four answers each, changed in one way for one indicator. */
  const changed: Record<string, (row: Record<string, unknown>, index: number) => void> = {
    'call-plans': (row) => (row.department = 'Sales'),
    'process-and-methodology': (row, i) => (row.level = i < 2 ? "don't know" : '3'),
    'talent-strategy': (row) => (row.answered_on = '2025-06-30'),
    'lead-definition': (row, i) => (row.level = ['0', '0', '3', '3'][i]),
    'management-aligned': (row, i) => (row.level = ['0', '0', '1', '3'][i]),
  };
  let told: Told[];
  beforeAll(async () => {
    const company = eliteCompany();
    company.given.assessment_answer!.forEach((row, i) => changed[String(row.indicator_id)]?.(row, i % 4));
    told = (await assess(company)).indicators;
  });
  const of = (id: string) => told.find(({ indicator_id }) => indicator_id === id);

  it('count only when they come from two departments', () => {
    expect(of('call-plans')).toMatchObject({ state: 'unknown', reason: 'too few answers' });
  });

  it('count only when there are three, and "don\'t know" is none', () => {
    expect(of('process-and-methodology')).toMatchObject({ state: 'unknown', reason: 'too few answers' });
  });

  it('expire after four quarters', () => {
    expect(of('talent-strategy')).toMatchObject({ state: 'unknown', reason: 'nobody answered' });
  });

  it('go by the median', () => {
    expect(of('lead-definition')).toMatchObject({ state: 'met' });
    expect(of('management-aligned')).toMatchObject({ state: 'not met' });
  });
});

describe('the model file', () => {
  it('is refused where an indicator gates a level that there is not', () => {
    const text =
      'levels: [a, b]\ndomains: { d: {} }\nindicators: [{ id: x, domain: d, assessed: { needs: { c: 1 }, answers: [1, 2] } }]';
    expect(() => parseMaturityModel(text)).toThrow(/x gates "c"/);
  });
});
