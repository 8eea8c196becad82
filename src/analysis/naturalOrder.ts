/** The order a reader expects: `pool 9` before `pool 10`, upper and lower case together, the same on every machine. */

const collator = new Intl.Collator('en', { numeric: true });

/** Compares two names or two numbers, for `Array.sort`. Names that differ in case alone keep a fixed order. */
export function naturalOrder(a: string | number, b: string | number): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  const left = String(a);
  const right = String(b);
  return collator.compare(left, right) || (left < right ? -1 : left > right ? 1 : 0);
}

/** Compares two lists by their first difference. */
export function naturalOrderOfAll(a: readonly (string | number)[], b: readonly (string | number)[]): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const order = naturalOrder(a[i] as string | number, b[i] as string | number);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}
