import { mustSeeEverything, type Scope } from '../../../access/scope.ts';
import type { Compared } from './compared.ts';

/** A file that only one of the builds has read so. */
export interface ChangedFile {
  path: string;
  what: 'new' | 'exported again' | 'read otherwise' | 'no longer known';
  recognised_as: string;
  exported_at: string;
  rows_loaded: number;
}

/** Files read by one build and not by the other, the last exported first. */
export async function changedFiles({ two }: Compared, scope: Scope): Promise<ChangedFile[]> {
  mustSeeEverything(scope);
  return two.remember(`files ${JSON.stringify(scope)}`, () =>
    two.rows<ChangedFile>(`
      select coalesce(a.path, b.path) as path,
        case
          when a.source_file_id is null then 'no longer known'
          when b.source_file_id is not null then 'read otherwise'
          when a.path in (select path from before.raw.source_file) then 'exported again'
          else 'new'
        end as what,
        coalesce(a.recognised_as, b.recognised_as) as recognised_as,
        strftime(coalesce(a.exported_at, b.exported_at), '%Y-%m-%dT%H:%M:%SZ') as exported_at,
        coalesce(a.rows_loaded, b.rows_loaded) as rows_loaded
      from before.raw.source_file b full join after.raw.source_file a using (source_file_id)
      where a.source_file_id is null or b.source_file_id is null or a.reading is distinct from b.reading
      order by coalesce(a.exported_at, b.exported_at) desc, path`),
  );
}

/** A setting by which the builds were made otherwise; values as the configuration writes them. */
export interface ChangedSetting {
  setting: string;
  before: string;
  after: string;
}

interface MadeBy {
  configuration: string;
  product_version: string;
}

const spelled = (value: unknown) => (value === undefined ? 'as by default' : JSON.stringify(value));

/** Settings and version of the product by which the two builds were made differently. */
export async function changedSettings({ two }: Compared, scope: Scope): Promise<ChangedSetting[]> {
  mustSeeEverything(scope);
  const made = await two.rows<MadeBy>(
    `select configuration, product_version from before.meta.build
     union all select configuration, product_version from after.meta.build`,
  );
  const [before, after] = made.map(({ configuration, product_version }) => {
    const { path: _, ...settings } = JSON.parse(configuration) as Record<string, unknown>;
    return { ...settings, 'version of Holdfast': product_version } as Record<string, unknown>;
  });
  const names = [...new Set([...Object.keys(before!), ...Object.keys(after!)])];
  return names
    .map((setting) => ({ setting, before: spelled(before![setting]), after: spelled(after![setting]) }))
    .filter((one) => one.before !== one.after);
}

/** A customer that is not in both builds the same. */
export interface ChangedCustomer {
  account_id: string;
  name: string | null;
  what: 'came' | 'went' | 'changed';
  /** "segment: Mid → Enterprise" */
  how: string;
}

const said = ['name', 'segment', 'industry', 'country', 'region'];

/** The first `most` of the customers that came, went or are told otherwise. */
export async function changedCustomers(
  { two }: Compared,
  most: number,
  scope: Scope,
): Promise<ChangedCustomer[]> {
  mustSeeEverything(scope);
  const how = said.map(
    (name) => `case when before.${name} is distinct from after.${name}
      then '${name}: ' || coalesce(before.${name}, 'not known') || ' → ' || coalesce(after.${name}, 'not known') end`,
  );
  return two.rows<ChangedCustomer>(
    `select account_id, coalesce(after.name, before.name) as name,
       case when not was_there then 'came' when not is_there then 'went' else 'changed' end as what,
       case when was_there and is_there then concat_ws('; ', ${how.join(', ')}) else '' end as how
     from changed_customer order by what desc, name, account_id limit $most::bigint`,
    { most },
  );
}
