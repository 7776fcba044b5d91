import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { plainStyle } from './columnStyle.ts';
import { prepareReading } from './reading.ts';

/** West and east of Greenwich, with half hours, with and without summer time on either half of the earth. */
const zones = [
  'America/New_York',
  'America/Los_Angeles',
  'America/St_Johns',
  'America/Sao_Paulo',
  'Pacific/Honolulu',
  'Europe/Berlin',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
  'Pacific/Kiritimati',
];
const open = new Map<string, DuckDBConnection>();

/** The days that texts are read as, in a company of that zone. */
async function daysOf(zone: string, texts: string[], read = plainStyle('date').read): Promise<unknown[]> {
  const reader = await open
    .get(zone)!
    .runAndReadAll(
      `select ${read('t')}::varchar from (select unnest(from_json($texts, '["VARCHAR"]')) as t)`,
      {
        texts: JSON.stringify(texts),
      },
    );
  return reader.getRows().map(([day]) => day);
}

const epoch = (text: string) => `utc_to_local_date(instant_epoch(${text}))`;

beforeAll(async () => {
  for (const zone of zones) {
    const connection = await (await DuckDBInstance.create(':memory:')).connect();
    await prepareReading(connection, zone);
    open.set(zone, connection);
  }
});

/** The same by another calendar than DuckDB's. */
const byIntl = (zone: string, time: number) =>
  new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' }).format(new Date(time));

describe('the day on which an instant falls', () => {
  it('is the one that the clock on the wall shows, however the instant is written', async () => {
    const instant = fc
      .date({ min: new Date('2001-09-10'), max: new Date('2037-12-31'), noInvalidDate: true })
      .map((date) => Math.floor(date.getTime() / 1000) * 1000);
    const instants = fc.array(instant, { minLength: 40, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...zones), instants, async (zone, times) => {
        const days = times.map((time) => byIntl(zone, time));
        const iso = times.map((time) => new Date(time).toISOString());
        expect(await daysOf(zone, iso)).toEqual(days);
        // Salesforce's +0000, Stripe's seconds and HubSpot's milliseconds.
        expect(
          await daysOf(
            zone,
            iso.map((text) => text.replace('Z', '+0000')),
          ),
        ).toEqual(days);
        expect(
          await daysOf(
            zone,
            times.map((time) => String(time)),
            epoch,
          ),
        ).toEqual(days);
        const seconds = times.map((time) => String(time / 1000));
        expect(await daysOf(zone, seconds, epoch)).toEqual(days);
      }),
      { numRuns: 20 },
    );
  });

  it('stays the last of the quarter at 23:30, also on days of 23 and of 25 hours', async () => {
    const ends = {
      'America/New_York': [
        // 31 January in winter, 30 April in summer, and the nights on which the clocks change.
        ['2026-02-01T04:30:00.000Z', '2026-01-31'],
        ['2026-05-01T03:30:00.000Z', '2026-04-30'],
        ['2026-03-09T03:30:00.000Z', '2026-03-08'],
        ['2026-11-02T04:30:00.000Z', '2026-11-01'],
        // Half an hour later it is the next day there too.
        ['2026-11-02T05:00:00.000Z', '2026-11-02'],
      ],
      'Australia/Lord_Howe': [['2026-04-04T12:30:00.000Z', '2026-04-04']],
    };
    for (const [zone, cases] of Object.entries(ends)) {
      const days = cases.map(([, day]) => day);
      expect(
        await daysOf(
          zone,
          cases.map(([text]) => text!),
        ),
      ).toEqual(days);
      const seconds = cases.map(([text]) => String(Date.parse(text!) / 1000));
      expect(await daysOf(zone, seconds, epoch)).toEqual(days);
    }
  });

  it('is the day as written where no zone is said', async () => {
    const said = ['2026-01-31 23:30:00', '2026-01-31T23:30', '2026-01-31'];
    expect(await daysOf('America/Los_Angeles', said)).toEqual(['2026-01-31', '2026-01-31', '2026-01-31']);
  });
});
