/** Quantiles of Student's t, to the last digits: jstat's, good to 1e-8, polished on the exact distribution function. */
import jStat from 'jstat';

/** A report asks for the same few at every place of every curve. */
const quantiles = new Map<string, number>();

/** The value below which Student's t lies with `probability`. `degreesOfFreedom` is a whole number from 1 on. */
export function studentQuantile(probability: number, degreesOfFreedom: number): number {
  const key = `${probability},${degreesOfFreedom}`;
  const known = quantiles.get(key) ?? polishedQuantile(probability, degreesOfFreedom);
  quantiles.set(key, known);
  return known;
}

function polishedQuantile(probability: number, degreesOfFreedom: number): number {
  let t = jStat.studentt.inv(probability, degreesOfFreedom);
  for (let step = 0; step < 2; step++) {
    const excess = studentProbability(t, degreesOfFreedom) - probability;
    t -= excess / jStat.studentt.pdf(t, degreesOfFreedom);
  }
  return t;
}

/**
 * The probability that Student's t is at most `t`: the finite series for whole degrees of freedom, Abramowitz and
 * Stegun, Handbook of Mathematical Functions, 26.7.3 (odd) and 26.7.4 (even).
 */
export function studentProbability(t: number, degreesOfFreedom: number): number {
  const angle = Math.atan2(t, Math.sqrt(degreesOfFreedom));
  const sine = Math.sin(angle);
  const cosine = Math.cos(angle);
  const isOdd = degreesOfFreedom % 2 === 1;
  let term = isOdd ? cosine : 1;
  let series = 0;
  for (let power = isOdd ? 1 : 0; power <= degreesOfFreedom - 2; power += 2) {
    series += term;
    term *= (cosine * cosine * (power + 1)) / (power + 2);
  }
  const central = isOdd ? (2 / Math.PI) * (angle + sine * series) : sine * series;
  return (1 + central) / 2;
}
