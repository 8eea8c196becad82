/** Divides whole things in proportion: Hamilton's method of the largest remainder. */

/**
 * Divides `size` into whole numbers proportional to `counts`, each within one of its exact share and none above its
 * count. Equal remainders go to the lower index. `size` is at most the sum of `counts`.
 */
export function apportion(size: number, counts: readonly number[]): number[] {
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total === 0) return counts.map(() => 0);
  // Remainders are kept as whole numbers, so that equal ones compare equal.
  const shares = counts.map((count) => Math.floor((size * count) / total));
  const remainders = counts.map((count, i) => size * count - (shares[i] ?? 0) * total);
  const missing = size - shares.reduce((sum, share) => sum + share, 0);
  const order = counts.map((_, i) => i).sort((a, b) => (remainders[b] ?? 0) - (remainders[a] ?? 0) || a - b);
  for (const i of order.slice(0, missing)) shares[i] = (shares[i] ?? 0) + 1;
  return shares;
}
