/**
 * Normalises a user's features once, on the host: the compiled programs see floats that are ready. Statistics are those
 * of given rows, none of which may be in a test set.
 */
import type { Features, HostScaling, NormalizationName } from '../dataset.ts';

/** Whether values are moved by what other rows hold; bytes have a range of their own. */
export function needsStatistics(normalization: NormalizationName, isBytes: boolean): boolean {
  return normalization !== 'none' && !(normalization === 'unit' && isBytes);
}

/**
 * How features are to be normalised; undefined where they stay as they are, as bytes do for `none` and `unit`, which the
 * programs apply. A statistic is taken over each feature of a vector, each channel of an image, and for `unit` over
 * everything. What never varies becomes 0.
 *
 * @param features [numSamples, …sampleShape]
 * @param rows whose statistics count
 */
export function hostScaling(
  features: Features,
  sampleShape: readonly number[],
  normalization: NormalizationName,
  rows: ArrayLike<number>,
): HostScaling | undefined {
  if (!needsStatistics(normalization, features instanceof Uint8Array)) return undefined;
  const rowSize = sampleShape.reduce((product, size) => product * size, 1);
  const groupSize = normalization === 'unit' ? rowSize : groupSizeOf(sampleShape);
  const statistics = normalization === 'standard' ? meansAndDeviations : ranges;
  const { offsets, widths } = statistics({ values: features, rowSize, groupSize, rows });
  return { offsets: [...offsets], widths: [...widths] };
}

/** Floats are changed in place. */
export function scaleFeatures(
  features: Features,
  sampleShape: readonly number[],
  { offsets, widths }: HostScaling,
): Float32Array<ArrayBufferLike> {
  const values = features instanceof Uint8Array ? Float32Array.from(features) : features;
  const rowSize = sampleShape.reduce((product, size) => product * size, 1);
  const groupSize = rowSize / offsets.length;
  for (let first = 0; first < values.length; first += rowSize) {
    for (let f = 0; f < rowSize; f++) {
      const group = Math.floor(f / groupSize);
      const width = widths[group] as number;
      const moved = (values[first + f] as number) - (offsets[group] as number);
      values[first + f] = width > 0 ? moved / width : 0;
    }
  }
  return values;
}

/** How many neighbouring features share a statistic. */
function groupSizeOf(sampleShape: readonly number[]): number {
  return sampleShape.length === 1 ? 1 : sampleShape.slice(-2).reduce((product, size) => product * size, 1);
}

interface Grouped {
  readonly values: Features;
  readonly rowSize: number;
  readonly groupSize: number;
  readonly rows: ArrayLike<number>;
}

interface Statistics {
  /** [numGroups] */
  readonly offsets: Float64Array;
  readonly widths: Float64Array;
}

/** Mean and standard deviation (over n), in two passes. */
function meansAndDeviations(grouped: Grouped): Statistics {
  const { rowSize, groupSize, rows } = grouped;
  const count = rows.length * groupSize;
  const offsets = new Float64Array(rowSize / groupSize);
  const widths = new Float64Array(offsets.length);
  forEachValue(grouped, (value, group) => {
    offsets[group] = (offsets[group] as number) + value / count;
  });
  forEachValue(grouped, (value, group) => {
    widths[group] = (widths[group] as number) + (value - (offsets[group] as number)) ** 2 / count;
  });
  // Below this a feature is constant but for rounding.
  return {
    offsets,
    widths: widths.map((variance, group) => {
      const deviation = Math.sqrt(variance);
      return deviation > 1e-7 * Math.abs(offsets[group] as number) ? deviation : 0;
    }),
  };
}

/** Least value, and how far it is to the greatest. */
function ranges(grouped: Grouped): Statistics {
  const offsets = new Float64Array(grouped.rowSize / grouped.groupSize).fill(Number.POSITIVE_INFINITY);
  const greatest = new Float64Array(offsets.length).fill(Number.NEGATIVE_INFINITY);
  forEachValue(grouped, (value, group) => {
    if (value < (offsets[group] as number)) offsets[group] = value;
    if (value > (greatest[group] as number)) greatest[group] = value;
  });
  return { offsets, widths: greatest.map((value, group) => value - (offsets[group] as number)) };
}

function forEachValue(
  { values, rowSize, groupSize, rows }: Grouped,
  visit: (value: number, group: number) => void,
): void {
  for (let i = 0; i < rows.length; i++) {
    const first = (rows[i] as number) * rowSize;
    for (let f = 0; f < rowSize; f++) visit(values[first + f] as number, Math.floor(f / groupSize));
  }
}
