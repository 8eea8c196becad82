/**
 * Orders items of several classes so that every prefix follows the classes' proportions: the chairman assignment
 * problem (R. Tijdeman, Discrete Mathematics 32, 1980), whose solution is never off by a whole item.
 */

/**
 * A sequence of class numbers in which class c occurs `counts[c]` times, and within the first n entries strictly less
 * than one away from n * counts[c] / sum(counts) times, for every n. `preference` lists all classes and breaks ties.
 */
export function proportionalOrder(counts: readonly number[], preference: ArrayLike<number>): Int32Array {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const present = Array.from(preference).filter((c) => (counts[c] ?? 0) > 0);
  const slack = Math.max(2 * present.length - 2, 1);
  const taken = new Float64Array(counts.length); // [numClasses]
  return Int32Array.from({ length: total }, (_, i) => {
    let chosen = -1;
    let earliest = Number.POSITIVE_INFINITY;
    for (const c of present) {
      const count = counts[c] ?? 0;
      // How far class c lags behind its share of the first i + 1 items, in units of 1 / total: whole numbers.
      const lag = (i + 1) * count - (taken[c] ?? 0) * total;
      if (lag * slack < total) continue;
      const deadline = (total * (1 - 1 / slack) - lag) / count;
      if (deadline < earliest) {
        earliest = deadline;
        chosen = c;
      }
    }
    taken[chosen] = (taken[chosen] ?? 0) + 1;
    return chosen;
  });
}
