/** How the page writes its numbers. */
import { listed as inWords } from '../../foundation/listed.ts';

const MISSING = '–';

/** `0.8812`; `digits` after the point. */
export function decimal(value: number | undefined, digits = 4): string {
  return value === undefined || !Number.isFinite(value) ? MISSING : value.toFixed(digits).replace('-', '−');
}

/** With its sign. */
export function signed(value: number | undefined, digits = 4): string {
  if (value === undefined || !Number.isFinite(value)) return MISSING;
  const text = decimal(Math.abs(value), digits);
  return Number(value.toFixed(digits)) === 0 ? text : `${value < 0 ? '−' : '+'}${text}`;
}

export function percent(value: number): string {
  return `${value < 0 ? '−' : ''}${Math.abs(100 * value).toFixed(0)} %`;
}

/** `0.012`, `< 0.001`. */
export function probability(value: number): string {
  return value < 0.001 ? '< 0.001' : value.toFixed(3);
}

export function seconds(value: number | undefined): string {
  if (value === undefined) return MISSING;
  if (value < 0.0095) return value < 0.00005 ? '0' : value.toFixed(4);
  return value < 9.995 ? value.toFixed(2) : value < 99.95 ? value.toFixed(1) : value.toFixed(0);
}

/** `a, b and c`; beyond `most`, `a, b, c and 4 more`. */
export function listed(names: readonly string[], most = names.length): string {
  const shown = names.slice(0, most);
  const rest = names.length - shown.length;
  return inWords(rest > 0 ? [...shown, `${rest} more`] : shown);
}
