import { runCommand } from './command.ts';

export interface ModelColumn {
  name: string;
  type: string;
  /** In words. */
  means: string;
  required: boolean;
}

/** A table that files become rows of. */
export interface ModelTable {
  table: string;
  one_row_is: string;
  unlocks: string;
  columns: ModelColumn[];
}

let known: Promise<ModelTable[]> | undefined;

async function ask(): Promise<ModelTable[]> {
  const { code, stdout, stderr } = await runCommand({ args: ['template', '--json'], seconds: 60 }).ended;
  if (code !== 0) throw new Error(stderr);
  return (JSON.parse(stdout) as { tables: ModelTable[] }).tables;
}

/** The tables of the model, as the command line explains them; asked once. */
export function modelTables(): Promise<ModelTable[]> {
  known ??= ask().catch((error: unknown) => {
    known = undefined;
    throw error;
  });
  return known;
}
