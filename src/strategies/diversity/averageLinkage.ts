/**
 * Hierarchical clustering by average linkage: the two clusters whose members are nearest on average become one, until few
 * enough are left. By nearest-neighbour chains (Murtagh 1983), O(n²) time in the matrix of distances, which is overwritten.
 */

/**
 * [n], the cluster of each point, numbered 0 … numClusters − 1 in the order of their first points.
 *
 * @param distances [n, n], symmetric; overwritten
 */
export function averageLinkage(distances: Float32Array, numClusters: number): Int32Array {
  const n = Math.sqrt(distances.length);
  const merges = mergeAll(distances, n).sort((a, b) => a.height - b.height || a.order - b.order);
  const parents = Int32Array.from({ length: n }, (_, i) => i);
  const find = (point: number): number => {
    let root = point;
    while (parents[root] !== root) root = parents[root] as number;
    return root;
  };
  for (const { a, b } of merges.slice(0, Math.max(0, n - numClusters))) parents[find(b)] = find(a);
  const numbers = new Map<number, number>();
  return Int32Array.from({ length: n }, (_, i) => {
    const root = find(i);
    const number = numbers.get(root) ?? numbers.size;
    numbers.set(root, number);
    return number;
  });
}

interface Merge {
  /** Any member of either cluster. */
  readonly a: number;
  readonly b: number;
  readonly height: number;
  readonly order: number;
}

/** All n − 1 merges. Their heights do not come in order; average linkage has no inversions, so they can be sorted. */
function mergeAll(distances: Float32Array, n: number): Merge[] {
  const sizes = new Float64Array(n).fill(1);
  const merges: Merge[] = [];
  const chain: number[] = [];
  while (merges.length < n - 1) {
    if (chain.length === 0) chain.push(sizes.findIndex((size) => size > 0));
    const top = chain[chain.length - 1] as number;
    const before = chain[chain.length - 2];
    // The one before wins ties, or the chain could go in circles.
    let nearest = before ?? -1;
    let height = before === undefined ? Number.POSITIVE_INFINITY : (distances[top * n + before] as number);
    for (let j = 0; j < n; j++) {
      if ((sizes[j] as number) > 0 && j !== top && (distances[top * n + j] as number) < height) {
        nearest = j;
        height = distances[top * n + j] as number;
      }
    }
    if (nearest !== before) {
      chain.push(nearest);
      continue;
    }
    chain.length -= 2;
    merges.push({ a: nearest, b: top, height, order: merges.length });
    join(distances, sizes, nearest, top);
  }
  return merges;
}

/** Cluster `b` becomes part of `a`: the mean distance of the union is the means' mean by size (Lance & Williams 1967). */
function join(distances: Float32Array, sizes: Float64Array, a: number, b: number): void {
  const n = sizes.length;
  const [sizeA, sizeB] = [sizes[a] as number, sizes[b] as number];
  const size = sizeA + sizeB;
  for (let j = 0; j < n; j++) {
    if (sizes[j] === 0 || j === a || j === b) continue;
    const mean = (sizeA * (distances[a * n + j] as number) + sizeB * (distances[b * n + j] as number)) / size;
    distances[a * n + j] = mean;
    distances[j * n + a] = mean;
  }
  sizes[a] = size;
  sizes[b] = 0;
}
