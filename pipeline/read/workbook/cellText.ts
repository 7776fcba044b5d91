import type { CellFormat } from './numberFormat.ts';

const DAY_MS = 86_400_000;
/** Day 0 of the two ways in which workbooks count days. */
const EPOCH_1900 = Date.UTC(1899, 11, 30);
const EPOCH_1904 = Date.UTC(1904, 0, 1);
/** The last day a workbook can hold: 9999-12-31. */
const LAST_DAY = 2_958_465;

/**
 * A number as plain decimal text, e.g. 1234.5. Workbooks keep 15 significant digits and write the rest of the binary
 * fraction too, which is noise.
 */
export function plainNumber(written: string): string {
  if (/^-?\d{1,15}$/.test(written)) return written;
  const value = Number(written);
  if (!Number.isFinite(value)) return written;
  const [digits = '', exponent = '0'] = value.toExponential(14).split('e');
  return shifted(digits.replace('.', ''), Number(exponent) - 14);
}

/** Decimal text of digits times ten to a power, without a float in between. */
function shifted(digits: string, power: number): string {
  const sign = digits.startsWith('-') ? '-' : '';
  const bare = digits.replace('-', '');
  const whole = power >= 0 ? bare + '0'.repeat(power) : bare.padStart(1 - power, '0');
  if (power >= 0) return sign + (whole.replace(/^0+(?=\d)/, '') || '0');
  const cut = whole.length + power;
  const text = `${whole.slice(0, cut).replace(/^0+(?=\d)/, '')}.${whole.slice(cut)}`.replace(/\.?0+$/, '');
  return text === '0' ? '0' : sign + text;
}

const two = (value: number) => String(value).padStart(2, '0');

function clock(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1000);
  const fraction = milliseconds % 1000;
  const text = `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return fraction === 0 ? text : `${text}.${String(fraction).padStart(3, '0')}`;
}

/** Day and time of a serial number; null where it is outside of what workbooks can say. */
function dayAndTime(serial: number, is1904: boolean): { day: string; time: number } | null {
  if (serial < 0 || serial >= LAST_DAY + 1) return null;
  let days = Math.floor(serial);
  let time = Math.round((serial - days) * DAY_MS);
  // Fractions of a day are binary: a whole second comes back some microseconds off.
  const second = Math.round(time / 1000) * 1000;
  if (Math.abs(time - second) < 5) time = second;
  if (time === DAY_MS) [days, time] = [days + 1, 0];
  // Counting from 1900, workbooks know a 29 February 1900; before it, every day is one further on.
  const epoch = is1904 ? EPOCH_1904 : days < 60 ? EPOCH_1900 + DAY_MS : EPOCH_1900;
  return { day: new Date(epoch + days * DAY_MS).toISOString().slice(0, 10), time };
}

/**
 * A number of a workbook as text, read by its cell's format: days as 2026-03-14, times as 09:30:00, shares as 12.5%,
 * amounts with their currency. Numbers that no day can have stay numbers.
 */
export function numberText(written: string, format: CellFormat, is1904: boolean): string {
  const value = Number(written);
  if (written.trim() === '' || !Number.isFinite(value)) return written;
  switch (format.kind) {
    case 'percent':
      return `${timesHundred(written)}%`;
    case 'money': {
      const text = plainNumber(written);
      return text.startsWith('-') ? `-${format.sign}${text.slice(1)}` : format.sign + text;
    }
    case 'padded':
      return /^\d+$/.test(written) ? written.padStart(format.digits, '0') : plainNumber(written);
    case 'duration':
      return value < 0 ? plainNumber(written) : clock(Math.round((value * DAY_MS) / 1000) * 1000);
    case 'date':
    case 'instant':
    case 'time': {
      const found = dayAndTime(value, is1904);
      if (!found) return plainNumber(written);
      if (format.kind === 'time' && value < 1) return clock(found.time);
      if (format.kind === 'date' && found.time === 0) return found.day;
      return `${found.day} ${clock(found.time)}`;
    }
    default:
      return plainNumber(written);
  }
}

function timesHundred(written: string): string {
  const [digits = '', exponent = '0'] = Number(written).toExponential(14).split('e');
  return shifted(digits.replace('.', ''), Number(exponent) - 12);
}

/** Characters that XML can't hold are written _x000D_ in workbooks. Source: ECMA-376, part 1, 22.9.2.19. */
export function unescaped(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replaceAll(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) =>
    String.fromCharCode(parseInt(code, 16)),
  );
}
