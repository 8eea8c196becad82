/**
 * When `--adaptive` looks at its results. Stopping as soon as a test rejects is a test at every look, and several
 * tests at 5 % err in more than 5 % of cases. The looks are therefore planned before the first, and alpha is split
 * evenly among them (Bonferroni over looks): whatever the results, and however the looks depend on each other, the
 * chance that any of them errs is at most alpha. Pocock's bounds are narrower for z-tests, and say nothing of signed
 * ranks, equivalence and Holm's rule together.
 */

/**
 * Seeds in all at each look: `first`, twice that, and so on up to `most`. Doubling, because each look costs alpha,
 * and an interval is halved by four times the seeds. Only `first` where `most` is not more.
 */
export function planLooks(first: number, most: number): readonly number[] {
  const looks = [first];
  for (let next = first * 2; (looks.at(-1) ?? most) < most; next *= 2) looks.push(Math.min(next, most));
  return looks;
}

/**
 * The first `count` seeds: a spec's own, then others of `available`, or where any can be had, those that follow the largest.
 * Fewer where there are no more.
 */
export function seedsForLook(
  own: readonly number[],
  count: number,
  available?: readonly number[],
): readonly number[] {
  const following = Math.max(-1, ...own) + 1;
  const more =
    available?.filter((seed) => !own.includes(seed)) ??
    Array.from({ length: Math.max(0, count - own.length) }, (_, i) => following + i);
  return [...own, ...more].slice(0, count).sort((a, b) => a - b);
}
