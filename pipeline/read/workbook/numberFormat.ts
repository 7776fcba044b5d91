/** What a number format of a spreadsheet says a number is. */
export type CellFormat =
  | { kind: 'plain' | 'date' | 'time' | 'instant' | 'duration' | 'percent' }
  /** `sign` is written before the number: $ or an ISO code and a blank. */
  | { kind: 'money'; sign: string }
  /** Numbers shown with zeros in front, as ids are. */
  | { kind: 'padded'; digits: number };

const PLAIN: CellFormat = { kind: 'plain' };

/** Formats that are known by number and not written in the file. Source: ECMA-376, part 1, 18.8.30. */
const BUILT_IN: Record<number, CellFormat['kind'] & ('date' | 'time' | 'instant' | 'duration' | 'percent')> =
  {
    9: 'percent',
    10: 'percent',
    14: 'date',
    15: 'date',
    16: 'date',
    17: 'date',
    18: 'time',
    19: 'time',
    20: 'time',
    21: 'time',
    22: 'instant',
    45: 'duration',
    46: 'duration',
    47: 'duration',
  };
/** Built-in formats of East Asian languages, most of them days. */
const isEastAsianDay = (id: number) => (id >= 27 && id <= 31) || id === 36 || (id >= 50 && id <= 58);
const isEastAsianTime = (id: number) => id >= 32 && id <= 35;

/** The format of a number format's id where the file doesn't write it out. */
export function builtInFormat(id: number): CellFormat {
  const kind = BUILT_IN[id];
  if (kind) return { kind };
  if (isEastAsianDay(id)) return { kind: 'date' };
  if (isEastAsianTime(id)) return { kind: 'time' };
  // 5 to 8 and 41 to 44 are amounts in whatever the machine's currency is: the file doesn't say which.
  return PLAIN;
}

/** Currency marks by which only one currency is meant, and that the reading of amounts knows by code. */
const CODES: Record<string, string> = {
  zł: 'PLN',
  '₹': 'INR',
  R$: 'BRL',
  Kč: 'CZK',
  '₽': 'RUB',
  Ft: 'HUF',
  '₺': 'TRY',
  '₪': 'ILS',
  '₩': 'KRW',
  '฿': 'THB',
  RM: 'MYR',
  'Fr.': 'CHF',
  CA$: 'CAD',
  A$: 'AUD',
  US$: 'USD',
};
const BARE_SIGNS = new Set(['$', '€', '£', '¥', 'kr']);

function signOf(mark: string): string | null {
  const text = mark.trim();
  if (BARE_SIGNS.has(text)) return text === 'kr' ? 'kr ' : text;
  const code = CODES[text] ?? text;
  return /^[A-Z]{3}$/.test(code) ? `${code} ` : null;
}

/** One run of a format code: a text in quotes or brackets, what only fills space, or the code itself. */
const PIECES = /"([^"]*)"|\[([^\]]*)\]|\\(.)|[_*]./gs;

/** Reads a number format's code, e.g. `yyyy-mm-dd`, `0.0%`, `[$€-407] #,##0.00`. */
export function formatOf(code: string): CellFormat {
  if (/^general$/i.test(code.trim())) return PLAIN;
  let sign: string | null = null;
  let elapsed = false;
  const bare = code.replaceAll(PIECES, (_, literal?: string, bracket?: string, escaped?: string) => {
    if (bracket?.startsWith('$')) sign ??= signOf(bracket.slice(1).split('-')[0] ?? '');
    else if (bracket !== undefined && /^(h+|m+|s+)$/i.test(bracket)) elapsed = true;
    else if (literal ?? escaped) sign ??= signOf(literal ?? escaped ?? '');
    return ' ';
  });
  const [first = ''] = bare.split(';');
  if (elapsed) return { kind: 'duration' };
  const letters = first
    .replaceAll(/am\/pm|a\/p/gi, 'h')
    .replaceAll(/e[+-]/gi, '')
    .toLowerCase();
  const hasTime = /[hs]/.test(letters);
  if (/[yd]/.test(letters) || (letters.includes('m') && !hasTime))
    return { kind: hasTime ? 'instant' : 'date' };
  if (hasTime) return { kind: 'time' };
  if (first.includes('%')) return { kind: 'percent' };
  const bareSign = /[$€£¥]/.exec(first)?.[0];
  if (sign ?? bareSign) return { kind: 'money', sign: sign ?? bareSign ?? '' };
  const zeros = /^\s*(0{2,})\s*$/.exec(first)?.[1];
  return zeros ? { kind: 'padded', digits: zeros.length } : PLAIN;
}
