import { mustSeeEverything, type Scope } from '../../access/scope.ts';
import { BadRequest } from '../../metrics/badRequest.ts';
import { buildFiles, type BuildFile } from '../../warehouse/builds.ts';
import { Cache } from '../../warehouse/cache.ts';
import { NoWarehouse, openWarehouse, type Warehouse } from '../../warehouse/warehouse.ts';

/** A build that can be published, with its key totals: those of won deals, in the reporting currency. */
export interface KeptBuild extends BuildFile {
  build_id: string;
  built_at: string;
  data_on: string;
  currency: string;
  files: number;
  rows_in: number;
  rows_loaded: number;
  deals: number;
  list_amount: number;
  net_amount: number;
  discount: number;
}

type Summary = Omit<KeptBuild, keyof BuildFile>;

const summary = `select build_id, strftime(built_at, '%Y-%m-%dT%H:%M:%SZ') as built_at, data_on, currency, source.*, won.*
  from meta.build,
    (select count(*) as files, coalesce(sum(rows_in), 0) as rows_in, coalesce(sum(rows_loaded), 0) as rows_loaded
     from raw.source_file) source,
    (select count(*) as deals, coalesce(sum(list_amount_base), 0) as list_amount,
       coalesce(sum(net_amount_base), 0) as net_amount, coalesce(sum(discount_base), 0) as discount
     from marts.fact_deal where is_won) won`;

/** A kept build never changes, and there are few: what they come to is worked out once each. */
const summaries = new Cache<Summary | null>(40);

/** Null where the file can't be read as a build of this version of the product. */
function summaryOf(build: BuildFile, scope: Scope): Promise<Summary | null> {
  mustSeeEverything(scope);
  return summaries.get(build.stamp, async () => {
    let opened: Warehouse | undefined;
    try {
      opened = await openWarehouse(build.file);
      return (await opened.rows<Summary>(summary))[0] ?? null;
    } catch (error) {
      const isOfAnother = error instanceof Error && /^(Catalog|Binder) Error/.test(error.message);
      if (!(error instanceof NoWarehouse) && !isOfAnother) throw error;
      return null;
    } finally {
      opened?.close();
    }
  });
}

/** The published build and those kept beside it, the newest first. */
export async function keptBuilds(published: string, scope: Scope): Promise<KeptBuild[]> {
  mustSeeEverything(scope);
  const found = await Promise.all(
    buildFiles(published).map(async (build) => {
      const told = await summaryOf(build, scope);
      return told === null ? [] : [{ ...build, ...told }];
    }),
  );
  return found.flat().sort((a, b) => (a.built_at < b.built_at ? 1 : a.built_at > b.built_at ? -1 : 0));
}

/** The build of this id; throws BadRequest, by the parameter that named it, where none such is kept. */
export function buildNamed(builds: readonly KeptBuild[], id: string, parameter: string): KeptBuild {
  const build = builds.find(({ build_id }) => build_id === id);
  if (!build)
    throw new BadRequest(
      parameter,
      `No build "${id}" is kept.`,
      builds.map(({ build_id }) => build_id),
    );
  return build;
}
