const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];

/** `3.4 MB`: a size as people say it, in thousands. */
export function bytes(size: number): string {
  const power = Math.min(units.length - 1, size < 1000 ? 0 : Math.floor(Math.log10(size) / 3));
  const value = size / 1000 ** power;
  return `${power === 0 || value >= 100 ? Math.round(value) : value.toFixed(1).replace(/\.0$/, '')} ${units[power]}`;
}
