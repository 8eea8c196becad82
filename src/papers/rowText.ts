/** Numbers and rules of compared rows in words. */
import type { Band, Figure } from './published.ts';

/** `.9312` */
export function share(value: number): string {
  return value.toFixed(4).replace(/^0/, '');
}

export function signedShare(value: number): string {
  return `${value < 0 ? '−' : '+'}${share(Math.abs(value))}`;
}

export function signedWhole(value: number): string {
  return value === 0 ? '0' : `${value < 0 ? '−' : '+'}${Math.abs(value)}`;
}

/** `130 (120 to 170)`: median and outer quartiles, `>300` for what was not reached within `last` labels. */
export function labelsText([low, median, high]: readonly [number, number, number], last: number): string {
  const one = (value: number) => (value === Infinity ? `>${last}` : String(value));
  return low === high ? one(median) : `${one(median)} (${one(low)} to ${one(high)})`;
}

export function figureText(kind: 'accuracy' | 'labels', { value, spread, quartiles }: Figure): string {
  if (kind === 'accuracy') return `${share(value ?? 0)}${spread === undefined ? '' : ` ± ${share(spread)}`}`;
  const one = (number: number | null) => (number === null ? 'not reached' : String(number));
  if (quartiles === undefined) return one(value);
  return `${one(quartiles[1])} (${one(quartiles[0])} to ${one(quartiles[2])})`;
}

export function bandText(band: Band): string {
  switch (band.rule) {
    case 'quartiles':
      return 'our median within the published quartiles';
    case 'spread':
      return 'within the published spread';
    case 'tolerance':
      return `within ${band.by}, our tolerance`;
    case 'between':
      return band.by === 0
        ? 'between the values published'
        : `between the values published, widened by ${Number((100 * band.by).toFixed(2))} %, our tolerance`;
    case 'seeds':
      return 'the published value among our seeds';
  }
}
