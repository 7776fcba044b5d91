const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const SUFFIX = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';

/** Which of the characters are upper case, as the bits that Salesforce's checksum is made of. */
function capitals(text: string): number {
  let bits = 0;
  for (let i = 0; i < text.length; i++) if (text[i]! >= 'A' && text[i]! <= 'Z') bits |= 1 << i;
  return bits;
}

// Five characters from two tables of all pairs and one single: fast enough for tens of millions of ids.
const pairs: string[] = [];
const pairBits: number[] = [];
for (const a of DIGITS)
  for (const b of DIGITS) {
    pairs.push(a + b);
    pairBits.push(capitals(a + b));
  }
const singleBits = [...DIGITS].map(capitals);

export type Identifier = (n: number) => string;

/** 18-character Salesforce ids of one object, case-sensitive, with the true checksum. */
export function salesforceIds(prefix: string): Identifier {
  const head = `${prefix}5g00000`; // 10 characters, then 5 that count
  const checked = SUFFIX[capitals(head.slice(0, 5))]! + SUFFIX[capitals(head.slice(5, 10))]!;
  return (n) => {
    const low = n % 3844;
    const rest = (n - low) / 3844;
    const mid = rest % 3844;
    const high = (rest - mid) / 3844;
    const bits = singleBits[high]! | (pairBits[mid]! << 1) | (pairBits[low]! << 3);
    return head + DIGITS[high]! + pairs[mid]! + pairs[low]! + checked + SUFFIX[bits]!;
  };
}

/** Stripe-like ids: a prefix, then characters that look random and never repeat for different n. */
export function stripeIds(prefix: string, seed: number): Identifier {
  return (n) => {
    const low = n % 3844;
    const rest = (n - low) / 3844;
    const mid = rest % 3844;
    let hash = Math.imul(n + 1, 0x9e3779b1) ^ Math.imul(seed + 7, 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
    hash = (hash ^ (hash >>> 13)) >>> 0;
    const first = pairs[hash % 3844]! + pairs[low]!;
    return `${prefix}1Q${first}${pairs[(hash >>> 12) % 3844]!}${pairs[mid]!}LsYx${pairs[(rest - mid) / 3844]!}`;
  };
}
