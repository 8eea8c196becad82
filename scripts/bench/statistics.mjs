// Medians and spreads of repeated measurements.
export const median = (values) => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};

/** The ratio a / b pair by pair: median, smallest, largest. */
export function pairedRatio(a, b) {
  const ratios = a.map((value, i) => value / b[i]);
  return { ratio: median(ratios), spread: [Math.min(...ratios), Math.max(...ratios)] };
}
