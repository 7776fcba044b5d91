import { describe, expect, it } from 'vitest';
import { compile } from '../compile.ts';
import { everything, parseRequest } from '../request.ts';

const sqlOf = (request: string) =>
  compile(parseRequest(new URLSearchParams(request)), { now: null, before: null }, everything).sql;

describe('a question about forecasts', () => {
  it('is about four weeks before the end of the quarter where it names no lead time', () => {
    expect(sqlOf('measures=forecast_commit&by=region')).toContain('weeks_before = 4');
    expect(sqlOf('measures=slippage')).toContain('weeks_before = 4');
    expect(sqlOf('measures=win_rate&by=region')).not.toContain('weeks_before');
  });

  it('is about the lead times that it names or asks to see apart', () => {
    expect(sqlOf('measures=forecast_commit&weeks_before=8')).not.toContain('weeks_before = 4');
    expect(sqlOf('measures=forecast_commit&by=weeks_before')).not.toContain('weeks_before = 4');
  });

  it('is about the bridge from commit where it names no forecast', () => {
    expect(sqlOf('measures=bridge_amount&by=bar')).toContain("forecast = 'commit'");
    expect(sqlOf('measures=bridge_amount&by=bar&forecast=best_case')).not.toContain("forecast = 'commit'");
  });

  it('never adds what deals say to what people submitted', () => {
    expect(sqlOf('measures=forecast_commit')).toContain("source = 'deals'");
    expect(sqlOf('measures=forecast_commit&segment=SMB')).toContain('marts.fact_forecast_deal');
  });

  it('is refused for lines of deals, which forecasts know nothing of', () => {
    expect(() => sqlOf('measures=forecast_commit&by=product_family')).toThrow(/product_family/);
  });
});
