export interface Link {
  from: string;
  to: string;
}

/** Where an outcome stands in the picture: its layer from differentiations on, and its place in the layer. */
export interface Placed {
  id: string;
  layer: number;
  place: number;
}

/** All that can be reached from an outcome by links. */
function reachedFrom(id: string, next: ReadonlyMap<string, string[]>): Set<string> {
  const reached = new Set<string>();
  const open = [...(next.get(id) ?? [])];
  for (let one = open.pop(); one !== undefined; one = open.pop()) {
    if (reached.has(one)) continue;
    reached.add(one);
    open.push(...(next.get(one) ?? []));
  }
  return reached;
}

/**
 * Layers of a network for drawing (after Sugiyama, Tagawa & Toda 1981, "Methods for visual understanding of
 * hierarchical system structures", IEEE Transactions on Systems, Man and Cybernetics 11, 109–125): outcomes that lead to
 * each other share a layer, every other link goes to a later one, `last` outcomes that lead nowhere stand in the last,
 * and places follow the middle of what leads there. Links that name unknown ids are left out.
 */
export function layersOf(
  ids: readonly string[],
  links: readonly Link[],
  last: ReadonlySet<string>,
): Placed[] {
  const known = new Set(ids);
  const used = links.filter(({ from, to }) => known.has(from) && known.has(to) && from !== to);
  const next = new Map<string, string[]>(ids.map((id) => [id, []]));
  for (const { from, to } of used) next.get(from)!.push(to);
  const reached = new Map(ids.map((id) => [id, reachedFrom(id, next)]));
  const circle = (a: string, b: string) => reached.get(a)!.has(b) && reached.get(b)!.has(a);
  const onward = used.filter(({ from, to }) => !circle(from, to));
  const layer = new Map<string, number>(ids.map((id) => [id, 0]));
  // No link goes round any more but within a circle, so that as many rounds as there are outcomes settle it.
  for (let round = 0, moved = true; moved && round <= ids.length; round += 1) {
    moved = false;
    const raise = (id: string, to: number) => {
      if (layer.get(id)! >= to) return;
      layer.set(id, to);
      moved = true;
    };
    for (const { from, to } of onward) raise(to, layer.get(from)! + 1);
    for (const { from, to } of used) if (circle(from, to)) raise(to, layer.get(from)!);
  }
  const deepest = Math.max(0, ...layer.values());
  for (const id of ids) {
    const reach = [...reached.get(id)!];
    if (last.has(id) && reach.every((to) => circle(id, to)))
      for (const one of [id, ...reach]) layer.set(one, deepest);
  }
  return placesOf(ids, onward, layer, deepest);
}

function placesOf(
  ids: readonly string[],
  links: readonly Link[],
  layer: ReadonlyMap<string, number>,
  deepest: number,
): Placed[] {
  const place = new Map<string, number>();
  const placed: Placed[] = [];
  for (let at = 0; at <= deepest; at += 1) {
    const here = ids.filter((id) => layer.get(id) === at);
    const middle = (id: string) => {
      const before = links.flatMap(({ from, to }) =>
        to === id && place.has(from) ? [place.get(from)!] : [],
      );
      return before.length === 0
        ? here.indexOf(id) / Math.max(1, here.length)
        : before.reduce((sum, one) => sum + one, 0) / before.length;
    };
    const inOrder = here.map((id) => ({ id, at: middle(id) })).sort((a, b) => a.at - b.at);
    inOrder.forEach(({ id }, index) => {
      place.set(id, (index + 0.5) / inOrder.length);
      placed.push({ id, layer: at, place: index });
    });
  }
  return placed;
}
