import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

type Field = Record<string, string | string[]>;
type Labels = Record<string, Record<string, Field> & { _label?: string }>;

const read = (name: string): unknown =>
  parse(readFileSync(new URL(`./labels/${name}.yaml`, import.meta.url), 'utf8'));

/**
 * The headers of one system's exports: `header('Opportunity', 'CloseDate')` is that field as the API names it, as
 * reports label it in any language, and as reports of several objects do ("Opportunity: Close Date").
 */
export function headersOf(system: string): (object: string, ...fields: string[]) => string[] {
  const labels = read(system) as Labels;
  return (object, ...fields) =>
    fields.flatMap((field) => {
      const told = labels[object]?.[field] ?? {};
      const before = labels[object]?._label;
      const english = before ? [told.en ?? field].flat() : [];
      return [field, ...Object.values(told).flat(), ...english.map((label) => `${before}: ${label}`)];
    });
}

const stages = read('closedStages') as { won: string[]; lost: string[] };

const plain = (text: string) => `regexp_replace(strip_accents(lower(trim(${text}))), '[^a-z]', '', 'g')`;

const listed = (words: string[]) =>
  [...new Set(words)].map((word) => `'${word.replaceAll("'", "''")}'`).join(', ');

const isOneOf = (text: string, words: string[]) => {
  const letters = words.map((word) =>
    word
      .normalize('NFKD')
      .toLowerCase()
      .replace(/[^a-z]/g, ''),
  );
  // A stage of HubSpot's export names its pipeline behind it.
  const stage = `regexp_replace(${text}, '\\s*[(].*[)]\\s*$', '')`;
  const other = words.filter((_, index) => letters[index] === '');
  const tests = [`${plain(stage)} in (${listed(letters.filter((word) => word !== ''))})`];
  if (other.length > 0) tests.push(`trim(${stage}) in (${listed(other)})`);
  return tests.join(' or ');
};

/** A company's own kinds of a stage: "Closed Lost to competitor", "9 - Lost: price". */
const isKindOf = (text: string, outcome: 'won' | 'lost') =>
  `regexp_matches(lower(${text}), '^[^a-z]*(closed[^a-z]*${outcome}([^a-z''’]|$)|${outcome}\\s*[-:/(–])')`;

/** Whether a stage, by its word alone, is one that exports come with for won: SQL over its text. */
export const isWonStage = (text: string) => `(${isOneOf(text, stages.won)} or ${isKindOf(text, 'won')})`;

/** The same for a stage that ends a deal, won or lost. */
export const isClosedStage = (text: string) =>
  `(${isOneOf(text, [...stages.won, ...stages.lost])} or ${isKindOf(text, 'won')} or ${isKindOf(text, 'lost')})`;
