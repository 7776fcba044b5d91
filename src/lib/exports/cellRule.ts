/**
 * How one of our columns is filled from a file, as a person chooses it. Each is written into `holdfast.yaml` as what
 * the configuration knows: a column's name, or a calculation over the file's columns.
 */
export type CellRule =
  | { how: 'as written'; column: string }
  | { how: 'without blanks'; column: string }
  | { how: 'yes where'; column: string; words: string[] }
  | { how: 'always'; value: string }
  | { how: 'calculated'; sql: string }
  /** What only the file itself can say, such as a look-up in another file: kept as it is. */
  | { how: 'kept'; written: unknown };

const quoted = (word: string) => `'${word.replaceAll("'", "''")}'`;
const named = (header: string) => `"${header.replaceAll('"', '""')}"`;
const unquoted = (word: string) => word.slice(1, -1).replaceAll("''", "'");
const unnamed = (header: string) => header.slice(1, -1).replaceAll('""', '"');

/** The rule as an entry of a mapping's `columns:`. */
export function ruleToYaml(rule: CellRule): unknown {
  switch (rule.how) {
    case 'as written':
      return rule.column;
    case 'without blanks':
      return { sql: `replace(${named(rule.column)}, ' ', '')` };
    case 'yes where':
      return { sql: `${named(rule.column)} in (${rule.words.map(quoted).join(', ')})` };
    case 'always':
      return { sql: /^(true|false)$/.test(rule.value) ? rule.value : quoted(rule.value) };
    case 'calculated':
      return { sql: rule.sql };
    case 'kept':
      return rule.written;
  }
}

const NAME = '("(?:[^"]|"")+"|[A-Za-z_]\\w*)';
const WORD = "'(?:[^']|'')*'";
const headerOf = (text: string) => (text.startsWith('"') ? unnamed(text) : text);

function ofSql(sql: string): CellRule {
  const blanks = new RegExp(`^replace\\(${NAME}, ' ', ''\\)$`).exec(sql);
  if (blanks) return { how: 'without blanks', column: headerOf(blanks[1]!) };
  const words = new RegExp(`^${NAME} (?:in \\((${WORD}(?:, ${WORD})*)\\)|= (${WORD}))$`).exec(sql);
  if (words) {
    const found = (words[2] ?? words[3] ?? '').match(new RegExp(WORD, 'g')) ?? [];
    return { how: 'yes where', column: headerOf(words[1]!), words: found.map(unquoted) };
  }
  if (/^(true|false)$/.test(sql)) return { how: 'always', value: sql };
  if (new RegExp(`^${WORD}$`).test(sql)) return { how: 'always', value: unquoted(sql) };
  return { how: 'calculated', sql };
}

/** What an entry of a mapping's `columns:` says; the opposite of `ruleToYaml`. */
export function ruleOfYaml(written: unknown): CellRule {
  if (typeof written === 'string') return { how: 'as written', column: written };
  const { sql, column, through } = Object(written) as Record<string, unknown>;
  if (typeof sql === 'string') return ofSql(sql);
  if (typeof column === 'string' && (!Array.isArray(through) || through.length === 0))
    return { how: 'as written', column };
  return { how: 'kept', written };
}
