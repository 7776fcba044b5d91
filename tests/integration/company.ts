import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DuckDBInstance, type Json } from '@duckdb/node-api';
import { build, type BuildReport, type BuildRequest } from '../../pipeline/build.ts';

type Files = Record<string, string | Buffer>;

/** A folder of exports and the warehouse made of it. */
export interface Company {
  folder: string;
  out: string;
  /** Writes files; one given as null is taken away. */
  write: (files: Record<string, string | Buffer | null>) => void;
  load: (options?: Partial<BuildRequest>) => Promise<BuildReport>;
  /** Rows of the published warehouse. */
  rows: (sql: string) => Promise<Record<string, Json>[]>;
  remove: () => void;
}

/** Asks a published file; it is closed again at once, as another build may follow. */
export async function rowsOf(file: string, sql: string): Promise<Record<string, Json>[]> {
  const instance = await DuckDBInstance.create(file, { access_mode: 'READ_ONLY' });
  const connection = await instance.connect();
  try {
    return (await connection.runAndReadAll(sql)).getRowObjectsJson() as Record<string, Json>[];
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** A company whose exports are these files. */
export function company(files: Files): Company {
  const home = mkdtempSync(join(tmpdir(), 'company-'));
  const folder = join(home, 'exports');
  const out = join(home, 'warehouse', 'w.duckdb');
  mkdirSync(folder);
  const write: Company['write'] = (changed) => {
    for (const [name, content] of Object.entries(changed)) {
      const path = join(folder, name);
      mkdirSync(dirname(path), { recursive: true });
      if (content === null) rmSync(path, { force: true });
      else writeFileSync(path, content);
    }
  };
  write(files);
  return {
    folder,
    out,
    write,
    load: (options = {}) => build({ paths: [folder], out, metrics: [], productVersion: '0', ...options }),
    rows: (sql) => rowsOf(out, sql),
    remove: () => existsSync(home) && rmSync(home, { recursive: true }),
  };
}

/** Three won deals with a line each: list 300.00, net 240.00 and one line above its list. */
export const small: Files = {
  'Opportunity_2026-06-01.csv': `Id,Name,StageName,CloseDate,OwnerId,AccountId,Amount
d1,First,Closed Won,2026-05-04,ann,acme,80
d2,Second,Closed Won,2026-05-05,ann,acme,50
d3,Third,Closed Won,2026-05-06,bea,beta,110
`,
  'OpportunityLineItem_2026-06-01.csv': `Id,OpportunityId,Product2Id,Quantity,ListPrice,TotalPrice
l1,d1,p,1,100,80
l2,d2,p,1,100,50
l3,d3,p,1,100,110
`,
};

let once: Promise<Company> | undefined;

/** The company of `small` with its warehouse, which is loaded once in a test file and copied from there. */
export async function smallLoaded(): Promise<Company> {
  once ??= (async () => {
    const made = company(small);
    await made.load();
    process.once('exit', made.remove);
    return made;
  })();
  const { out } = await once;
  const copy = company(small);
  mkdirSync(dirname(copy.out));
  copyFileSync(out, copy.out);
  return copy;
}
