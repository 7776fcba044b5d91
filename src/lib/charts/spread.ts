/**
 * Moves values that stand closer than `gap` apart, keeping their order and staying as near as can be to where
 * they were; for labels at the ends of lines. Answers in the order asked.
 */
export function spread(values: number[], gap: number): number[] {
  const order = values.map((_, at) => at).sort((a, b) => values[a]! - values[b]!);
  const groups: { members: number[]; first: number }[] = [];
  for (const at of order) {
    groups.push({ members: [at], first: values[at]! });
    while (groups.length > 1) {
      const [above, below] = [groups.at(-2)!, groups.at(-1)!];
      if (below.first - above.first >= above.members.length * gap) break;
      const members = [...above.members, ...below.members];
      const centre = members.reduce((sum, index) => sum + values[index]!, 0) / members.length;
      groups.splice(-2, 2, { members, first: centre - ((members.length - 1) * gap) / 2 });
    }
  }
  const placed = [...values];
  for (const { members, first } of groups) members.forEach((at, step) => (placed[at] = first + step * gap));
  return placed;
}
