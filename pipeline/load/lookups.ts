import { quotedIdentifier, type DuckDBConnection } from '@duckdb/node-api';
import type { LookupStep } from '../configuration/mapping.ts';
import { Problem } from '../problem.ts';
import { UnreadableFile } from '../read/table.ts';
import { matchesPattern, type FoundFile } from './findFiles.ts';
import { readFound } from './foundParts.ts';

/**
 * Look-ups through other files of the folder: each becomes a small table of key and value. A key with two
 * values would have to be guessed, so it is refused.
 */
export class Lookups {
  private readonly connection: DuckDBConnection;
  private readonly files: readonly FoundFile[];
  private readonly scratch: string;
  private readonly tables = new Map<string, string>();

  constructor(connection: DuckDBConnection, files: readonly FoundFile[], scratch: string) {
    this.connection = connection;
    this.files = files;
    this.scratch = scratch;
  }

  /** SQL text expression that follows `text` through each step in turn; NULL where a key is not found. */
  async expression(text: string, through: readonly LookupStep[]): Promise<string> {
    let expression = text;
    for (const step of through) {
      const table = await this.table(step);
      expression = `(select any_value(value) from ${table} where key = ${expression})`;
    }
    return expression;
  }

  private async table(step: LookupStep): Promise<string> {
    const name = JSON.stringify(step);
    const known = this.tables.get(name);
    if (known) return known;
    const file = step.file;
    const source = await this.read(file);
    const position = (header: string) => {
      const index = source.columns.indexOf(header);
      if (index < 0)
        throw new Problem(
          `A look-up names the column "${header}".`,
          `It has: ${source.columns.join(', ')}.`,
          { file },
        );
      return `c${index}`;
    };
    const table = quotedIdentifier(`lookup_${this.tables.size}`);
    await this.connection.run(
      `create temp table ${table} as
       select distinct trim(${position(step.key)}) as key, trim(${position(step.value)}) as value
       from ${source.relation} where ${position(step.key)} is not null`,
    );
    const twice = await this.connection.runAndReadAll(
      `select key from ${table} group by key having count(*) > 1 order by key limit 1`,
    );
    const key = twice.getRows()[0]?.[0];
    if (key !== undefined)
      throw new Problem(
        `The look-up key "${String(key)}" has more than one ${step.value}.`,
        'Make it unique.',
        { file },
      );
    this.tables.set(name, table);
    return table;
  }

  private async read(name: string) {
    const [file, another] = this.files.filter((candidate) => matchesPattern(name, candidate));
    if (!file || another)
      throw new Problem(
        `A look-up names the file ${name}, which ${file ? 'is there more than once' : 'is not among the files loaded'}.`,
        'Name one file of the folder.',
      );
    try {
      return await readFound(this.connection, file, this.scratch);
    } catch (error) {
      if (error instanceof UnreadableFile)
        throw new Problem(`The look-up file can't be read: ${error.message}`, 'Mend it.', { file: name });
      throw error;
    }
  }
}
