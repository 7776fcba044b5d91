/** The formats an answer can be taken away in, as `format=` and `--format` name them. */
export const fileFormats = ['csv', 'xlsx', 'parquet', 'arrow', 'json'] as const;
export type FileFormat = (typeof fileFormats)[number];

export const mediaTypes: Record<FileFormat, string> = {
  csv: 'text/csv; charset=utf-8; header=present',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  parquet: 'application/vnd.apache.parquet',
  arrow: 'application/vnd.apache.arrow.file',
  json: 'application/json',
};

/** `Discount by región, 2026` as `discount-by-region-2026.csv`: letters that every system and header takes. */
export function fileName(title: string, format: FileFormat): string {
  const plain = title.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const words = plain.replace(/[^a-z0-9]+/g, '-').slice(0, 80);
  return `${words.replace(/^-|-$/g, '') || 'holdfast'}.${format}`;
}
