import { describe, expect, it } from 'vitest';
import { beside } from './beside.ts';

const frame = { left: 0, right: 500, top: 0, bottom: 200 };
const mark = (name: string, x: number, y: number, needed = false) => ({ name, x, y, needed });
type Around = Partial<Parameters<typeof beside>[1]>;
/** Each name with its side, those without room left out. */
const placed = (named: ReturnType<typeof mark>[], around: Around = {}) =>
  Object.fromEntries(
    beside(named, { marks: named, taken: [], courses: [], frame, ...around }, 12).map(
      ({ mark: { name }, side }) => [name, side],
    ),
  );

describe('names beside their marks', () => {
  it('stand to the right where nothing is in the way, to the left at the right edge', () => {
    expect(placed([mark('Ann', 100, 100), mark('Ursula', 480, 100)])).toEqual({
      Ann: 'right',
      Ursula: 'left',
    });
  });

  it('cover no other mark, no other name and nothing that is taken', () => {
    expect(placed([mark('Ann', 100, 100), mark('Bea', 120, 100)])).toEqual({ Ann: 'left', Bea: 'right' });
    expect(placed([mark('Ann', 100, 100), mark('Bea', 100, 102)])).toEqual({ Ann: 'right', Bea: 'left' });
    const taken = [{ left: 105, right: 200, top: 90, bottom: 110 }];
    expect(placed([mark('Ann', 100, 100)], { taken })).toEqual({ Ann: 'left' });
  });

  it('keep off lines where they can, and stand on one only where the name is needed', () => {
    const level = [
      { x: 0, y: 100 },
      { x: 500, y: 100 },
    ];
    expect(placed([mark('Ann', 100, 106)], { courses: [level] })).toEqual({ Ann: 'below' });
    const courses = [level, level.map(({ x }) => ({ x, y: 88 })), level.map(({ x }) => ({ x, y: 112 }))];
    expect(placed([mark('Ann', 100, 100)], { courses })).toEqual({});
    expect(placed([mark('Ann', 100, 100, true)], { courses })).toEqual({ Ann: 'right' });
  });

  it('are left out where there is no room at all', () => {
    const crowd = Array.from({ length: 40 }, (_, at) => mark(`Name ${at}`, 100 + (at % 8) * 9, 80 + at));
    const found = placed(crowd);
    expect(Object.keys(found).length).toBeGreaterThan(0);
    expect(Object.keys(found).length).toBeLessThan(20);
  });
});
