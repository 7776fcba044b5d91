import { stringify } from 'yaml';
import { mustSeeEverything, type Scope } from '../../access/scope.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';

export interface BuildDetail {
  build_id: string;
  built_at: string;
  data_on: string;
  currency: string;
  time_zone: string;
  fiscal_year_start: number;
  calendar: string;
  fiscal_year_named_by: string;
  undated_price_book: string;
  product_version: string;
  /** Where the configuration was read from; null where all is as by default. */
  configuration_file: string | null;
  /** The whole configuration, defaults included, as YAML. */
  configuration: string;
}

/** What this build is and by which settings it was made. */
export async function buildDetail(warehouse: Warehouse, scope: Scope): Promise<BuildDetail> {
  mustSeeEverything(scope);
  const [build] = await warehouse.rows<BuildDetail>(
    `select build_id, strftime(built_at, '%Y-%m-%dT%H:%M:%SZ') as built_at, data_on, currency, time_zone,
       fiscal_year_start, calendar, fiscal_year_named_by, undated_price_book, product_version,
       configuration
     from meta.build`,
  );
  const { path, ...settings } = JSON.parse(build!.configuration) as { path?: string } & Record<
    string,
    unknown
  >;
  return { ...build!, configuration_file: path ?? null, configuration: stringify(settings) };
}
