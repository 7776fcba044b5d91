import { describe, expect, it } from 'vitest';
import { layersOf } from './layers.ts';

const link = (text: string) => ({ from: text[0]!, to: text[1]! });
const layers = (ids: string, links: string[], last = '') =>
  Object.fromEntries(layersOf([...ids], links.map(link), new Set(last)).map(({ id, layer }) => [id, layer]));

describe('layers of a value network', () => {
  it('lead on from layer to layer, by the longest way', () => {
    expect(layers('DAT', ['DA', 'AT', 'DT'], 'T')).toEqual({ D: 0, A: 1, T: 2 });
  });

  it('keep outcomes that lead to each other together, whatever the order of the links', () => {
    const links = ['DA', 'AB', 'BA', 'BT', 'AC', 'CT'];
    const expected = { D: 0, A: 1, B: 1, C: 2, T: 3 };
    expect(layers('DABCT', links, 'T')).toEqual(expected);
    expect(layers('TCBAD', links.toReversed(), 'T')).toEqual(expected);
  });

  it('settle where everything goes round, and where nothing leads anywhere', () => {
    expect(layers('ABC', ['AB', 'BC', 'CA', 'AA'])).toEqual({ A: 0, B: 0, C: 0 });
    expect(layers('DXT', ['DT', 'D?'], 'TX')).toEqual({ D: 0, T: 1, X: 1 });
    expect(layersOf([], [], new Set())).toEqual([]);
  });

  it('never put a link backwards, in any network', () => {
    let seed = 5;
    const next = (n: number) => (seed = (seed * 16807) % 2147483647) % n;
    for (let run = 0; run < 200; run += 1) {
      const ids = [...'abcdefgh'].slice(0, 2 + next(7));
      const links = Array.from({ length: next(16) }, () => ({
        from: ids[next(ids.length)]!,
        to: ids[next(ids.length)]!,
      }));
      const placed = new Map(layersOf(ids, links, new Set(['a'])).map(({ id, layer }) => [id, layer]));
      expect(placed.size).toBe(ids.length);
      for (const { from, to } of links) expect(placed.get(from)!).toBeLessThanOrEqual(placed.get(to)!);
    }
  });
});
