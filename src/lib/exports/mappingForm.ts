import type { CellRule } from './cellRule.ts';
import { ruleToYaml } from './cellRule.ts';
import type { ModelTable } from './model.ts';
import { Refused } from './refused.ts';
import type { Entry } from './settings.ts';

const text = (form: FormData, name: string) => {
  const value = form.get(name);
  return typeof value === 'string' ? value.trim() : '';
};

/** How one of our columns is to be filled, as the form says it; null where it is left open. */
function ruleOf(form: FormData, field: string): CellRule | null {
  const from = text(form, `${field}.from`);
  const how = text(form, `${field}.how`);
  const said = text(form, `${field}.text`);
  if (from === '') return null;
  if (from === '=always') return said === '' ? null : { how: 'always', value: said };
  if (from === '=calculated') return said === '' ? null : { how: 'calculated', sql: said };
  if (from === '=kept') return { how: 'kept', written: JSON.parse(text(form, `${field}.kept`)) as unknown };
  const column = from.replace(/^:/, '');
  if (how === 'without blanks') return { how, column };
  const words = form.getAll(`${field}.word`).filter((word) => typeof word === 'string');
  if (how === 'yes where' && words.length > 0) return { how, column, words };
  return { how: 'as written', column };
}

/** The places in a form at which a table is described: `table.0`, `table.1`, … */
const placesOf = (form: FormData) =>
  [...new Set([...form.keys()].map((name) => /^table\.(\d+)$/.exec(name)?.[1]))].filter(
    (place) => place !== undefined,
  );

/**
 * What a person filled in about a file, as entries of `files:`. Only columns that the tables have are taken. Throws
 * Refused where a table is none of ours.
 */
export function entriesOfForm(form: FormData, name: string, tables: readonly ModelTable[]): Entry[] {
  const shared = Object.fromEntries(
    ['date_order', 'decimal_mark']
      .map((setting) => [setting, text(form, setting)])
      .filter(([, said]) => said),
  ) as Pick<Entry, 'date_order' | 'decimal_mark'>;
  return placesOf(form).flatMap((place) => {
    const chosen = text(form, `table.${place}`);
    if (chosen === '') return [];
    const table = tables.find((one) => one.table === chosen);
    if (!table) throw new Refused(400, 'There is no such table.');
    const columns = table.columns.flatMap((column) => {
      const rule = ruleOf(form, `${place}.${column.name}`);
      return rule ? [[column.name, ruleToYaml(rule)] as const] : [];
    });
    const where = text(form, `where.${place}`);
    return [
      {
        path: name,
        table: chosen,
        ...(where ? { where } : {}),
        ...(form.get(`distinct.${place}`) ? { distinct: true } : {}),
        ...shared,
        columns: Object.fromEntries(columns),
      },
    ];
  });
}

/** Columns that a table can't do without and that nothing fills yet, as sentences; empty where all is there. */
export function lackingIn(entries: readonly Entry[], tables: readonly ModelTable[]): string[] {
  if (entries.length === 0) return ['Say what each row of the file is.'];
  return entries.flatMap((entry) => {
    const table = tables.find((one) => one.table === entry.table);
    const open = table?.columns.filter((column) => column.required && !(column.name in entry.columns)) ?? [];
    return open.map(({ means }) => `${capitalised(table!.one_row_is)} needs a column for: ${means}.`);
  });
}

const capitalised = (said: string) => said.charAt(0).toUpperCase() + said.slice(1);
