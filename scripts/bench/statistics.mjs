// Medians and spreads of repeated measurements.

/** Linear between the two nearest values, as NumPy's default. */
function quantile(values, probability) {
  const sorted = [...values].sort((a, b) => a - b);
  const position = (sorted.length - 1) * probability;
  const below = Math.floor(position);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
}

export const median = (values) => quantile(values, 0.5);

/** The ratio a / b pair by pair: its median, quartiles and range. */
export function pairedRatio(a, b) {
  const ratios = a.map((value, i) => value / b[i]);
  return {
    value: median(ratios),
    quartiles: [quantile(ratios, 0.25), quantile(ratios, 0.75)],
    range: [Math.min(...ratios), Math.max(...ratios)],
    repetitions: ratios.length,
  };
}
