/**
 * The non-decreasing values nearest to `values` by weighted squares, by pooling adjacent violators: Ayer, Brunk,
 * Ewing, Reid & Silverman 1955, Ann. Math. Statist. 26, 641–647. Values are in the order of what they must rise
 * with; weights are above 0.
 */
export function isotonic(values: ArrayLike<number>, weights: ArrayLike<number>): Float64Array {
  const n = values.length;
  const level = new Float64Array(n);
  const weight = new Float64Array(n);
  const size = new Int32Array(n);
  let blocks = 0;
  for (let i = 0; i < n; i += 1) {
    level[blocks] = values[i]!;
    weight[blocks] = weights[i]!;
    size[blocks] = 1;
    blocks += 1;
    while (blocks > 1 && level[blocks - 2]! >= level[blocks - 1]!) {
      const [left, right] = [blocks - 2, blocks - 1];
      const total = weight[left]! + weight[right]!;
      level[left] = (level[left]! * weight[left]! + level[right]! * weight[right]!) / total;
      weight[left] = total;
      size[left]! += size[right]!;
      blocks -= 1;
    }
  }
  const fitted = new Float64Array(n);
  for (let block = 0, at = 0; block < blocks; at += size[block]!, block += 1)
    fitted.fill(level[block]!, at, at + size[block]!);
  return fitted;
}
