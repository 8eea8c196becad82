/** Groups for a critical-difference diagram: neighbours by mean rank that no test tells apart. */

/**
 * The largest runs of treatments, in the order of their mean ranks, of which no pair differs. Runs within others, and of
 * one treatment, are left out.
 *
 * @param pValues [k][k], corrected for the number of pairs
 * @returns indices of treatments, best rank first
 */
export function criticalGroups(
  meanRanks: readonly number[],
  pValues: readonly (readonly number[])[],
  alpha = 0.05,
): number[][] {
  const order = meanRanks
    .map((_, i) => i)
    .sort((a, b) => (meanRanks[a] as number) - (meanRanks[b] as number));
  const same = (a: number, b: number): boolean => (pValues[a]?.[b] as number) > alpha;
  const runs: number[][] = [];
  let reached = 0;
  for (let start = 0; start < order.length; start++) {
    let end = start + 1;
    while (end < order.length && order.slice(start, end).every((other) => same(other, order[end] as number)))
      end++;
    if (end > reached && end - start > 1) runs.push(order.slice(start, end));
    reached = Math.max(reached, end);
  }
  return runs;
}
