/** Runs in the page. A linear axis: round numbers that cover what is to be shown, and where they stand. */

export interface Axis {
  readonly domain: readonly [number, number];
  readonly ticks: readonly number[];
  /** As many digits as the ticks need to differ. */
  label(value: number): string;
}

/** About `numTicks` ticks at multiples of 1, 2 or 5 times a power of ten; the domain ends at ticks. */
export function roundAxis([low, high]: readonly [number, number], numTicks: number): Axis {
  const step = roundStep((high - low || Math.abs(high) || 1) / numTicks);
  const [first, last] = [Math.floor(low / step + 1e-9), Math.ceil(high / step - 1e-9)];
  const places = Array.from({ length: Math.max(last, first + 1) - first + 1 }, (_, i) => (first + i) * step);
  return axisOf([places[0] ?? low, places.at(-1) ?? high], places, step);
}

/** An axis that ends where the data do, with the round numbers between. */
export function exactAxis([low, high]: readonly [number, number], numTicks: number): Axis {
  const step = roundStep((high - low || 1) / numTicks);
  const first = Math.ceil(low / step - 1e-9);
  const count = Math.max(0, Math.floor(high / step + 1e-9) - first + 1);
  return axisOf(
    [low, high],
    Array.from({ length: count }, (_, i) => (first + i) * step),
    step,
  );
}

function axisOf(domain: readonly [number, number], places: readonly number[], step: number): Axis {
  const digits = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  return {
    domain,
    ticks: places.map((place) => Number(place.toFixed(digits))),
    label: (value) =>
      value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits }),
  };
}

function roundStep(wanted: number): number {
  const power = 10 ** Math.floor(Math.log10(wanted));
  const factor = wanted / power;
  return power * (factor <= 1 ? 1 : factor <= 2 ? 2 : factor <= 5 ? 5 : 10);
}

/** Pixels between `from` and `to`. */
export function toPixels({ domain: [low, high] }: Axis, from: number, to: number): (value: number) => number {
  const factor = high === low ? 0 : (to - from) / (high - low);
  return (value) => from + (value - low) * factor;
}
