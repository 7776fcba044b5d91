/** A mark that is to be named, in pixels of the picture. */
export interface Marked {
  name: string;
  x: number;
  y: number;
}

export interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** Corners of a line, from left to right. */
export type Course = readonly { x: number; y: number }[];

/** Where a name stands by its mark, as Plot's text takes it. */
export const sides = {
  right: { textAnchor: 'start', dx: 8 },
  left: { textAnchor: 'end', dx: -8 },
  above: { textAnchor: 'middle', dy: -12 },
  below: { textAnchor: 'middle', dy: 12 },
} as const;

export type Side = keyof typeof sides;

/** Pixels of a mark, and of a line of text, from its middle. */
const DOT = 5;
const HALF_LINE = 7;
/** Breadth of a letter, in the size of its type. */
const LETTER = 0.56;

const meet = (a: Box, b: Box) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

function boxOf({ name, x, y }: Marked, side: Side, letter: number): Box {
  const long = name.length * letter;
  const [left, middle] = {
    right: [x + 8, y],
    left: [x - 8 - long, y],
    above: [x - long / 2, y - 12],
    below: [x - long / 2, y + 12],
  }[side] as [number, number];
  return { left, right: left + long, top: middle - HALF_LINE, bottom: middle + HALF_LINE };
}

/** Whether the line goes through the box. */
function crosses(course: Course, box: Box): boolean {
  return course.slice(1).some((to, at) => {
    const from = course[at]!;
    if (to.x <= box.left || from.x >= box.right) return false;
    const heightAt = (x: number) => from.y + ((x - from.x) / Math.max(1e-9, to.x - from.x)) * (to.y - from.y);
    const ends = [heightAt(Math.max(from.x, box.left)), heightAt(Math.min(to.x, box.right))];
    return Math.min(...ends) < box.bottom && Math.max(...ends) > box.top;
  });
}

/**
 * On which side of its mark each name stands so that it covers no mark, no other name and nothing of `taken`, and as
 * few lines as can be; those that find no room are left out, and of those that need no name any that would stand on a
 * line. Who comes first in `named` chooses first.
 */
export function beside<M extends Marked>(
  named: readonly (M & { needed: boolean })[],
  around: { marks: readonly Marked[]; taken: readonly Box[]; courses: readonly Course[]; frame: Box },
  fontSize: number,
): { mark: M; side: Side }[] {
  const { marks, courses, frame } = around;
  const dots = marks.map(({ x, y }) => ({ left: x - DOT, right: x + DOT, top: y - DOT, bottom: y + DOT }));
  const taken = [...around.taken, ...dots];
  return named.flatMap((mark) => {
    const choices = (Object.keys(sides) as Side[])
      .map((side) => ({ side, box: boxOf(mark, side, LETTER * fontSize) }))
      .filter(({ box }) => box.left >= frame.left && box.right <= frame.right)
      .filter(({ box }) => box.top >= frame.top && box.bottom <= frame.bottom)
      .filter(({ box }) => !taken.some((other) => meet(box, other)))
      .map((choice) => ({ ...choice, lines: courses.filter((one) => crosses(one, choice.box)).length }));
    const best = choices.toSorted((a, b) => a.lines - b.lines)[0];
    if (!best || (best.lines > 0 && !mark.needed)) return [];
    taken.push(best.box);
    return [{ mark, side: best.side }];
  });
}
