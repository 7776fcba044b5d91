// The Pollock benchmark's own measure: Vitagliano et al. (2023), section 4, as its evaluation computes it. The first
// row of a reading is its header, whatever it is; records are compared with their cells put together; cells count the
// header's too. Values are compared as they are written, which is stricter than the benchmark's own comparing.

/** Precision, recall and F1 of two bags of texts, as the benchmark names them. */
function agreement(clean: string[], loaded: string[]): number {
  if (clean.length === 0) return 3;
  const left = new Map<string, number>();
  for (const text of clean) left.set(text, (left.get(text) ?? 0) + 1);
  let common = 0;
  for (const text of loaded) {
    const remaining = left.get(text) ?? 0;
    if (remaining === 0) continue;
    common++;
    left.set(text, remaining - 1);
  }
  if (common === 0) return 0;
  const precision = common / clean.length;
  const recall = common / loaded.length;
  return precision + recall + (2 * precision * recall) / (precision + recall);
}

/** 0 to 10: success, and precision, recall and F1 of header, records and cells. `loaded` is null where it was refused. */
export function pollockScore(clean: string[][], loaded: string[][] | null): number {
  if (loaded === null) return 0;
  if (clean.length === 0) return 10;
  const records = (rows: string[][]) => rows.slice(1).map((row) => row.join(''));
  return (
    1 +
    agreement(clean[0] ?? [], loaded[0] ?? []) +
    agreement(records(clean), records(loaded)) +
    agreement(clean.flat(), loaded.flat())
  );
}

/** How often files of each kind were met in the benchmark's survey of open data, per file of the kind. */
const WEIGHTS: Record<string, number> = {
  source: 1,
  file_no_payload: 15,
  file_no_trailing_newline: 184,
  file_double_trailing_newline: 5,
  file_no_header: 470,
  file_header_multirow_2: 47,
  file_header_multirow_3: 47,
  file_preamble: 282,
  file_multitable_same: 188 / 3,
  file_multitable_more: 188 / 3,
  file_multitable_less: 188 / 3,
  file_header_only: 3,
  file_one_data_row: 4,
  file_record_delimiter_0xD: 7,
  file_record_delimiter_0xA: 1691,
  file_field_delimiter_0x9: 4,
  file_field_delimiter_0x3B: 834,
  file_field_delimiter_0x20: 4,
  file_field_delimiter_0x2C_0x20: 101,
  file_quotation_char_0x27: 11,
  file_escape_char_0x5C: 1,
  file_escape_char_0x00: 7,
  row_less_sep: 0.36775106082036774,
  row_more_sep: 0.36775106082036774,
  row_field_delimiter: 1 / 7,
  row_extra_quote: 1 / 108,
};

/** What a file weighs in the weighted score, by its name without its ending. */
export function weightOf(name: string): number {
  const kind = name.replace(/_?\d+_0x20$|_?(?:row)?\d+_col\d+$/, '');
  const weight = WEIGHTS[name] ?? WEIGHTS[kind];
  if (weight === undefined) throw new Error(`no weight for ${name}`);
  return weight;
}

/** The benchmark's two figures over the files scored. */
export function overall(scores: Map<string, number>): { simple: number; weighted: number } {
  let [sum, weighted, weights] = [0, 0, 0];
  for (const [name, score] of scores) {
    const weight = weightOf(name);
    sum += score;
    weighted += score * weight;
    weights += weight;
  }
  return { simple: sum / scores.size, weighted: weighted / weights };
}
