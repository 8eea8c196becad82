/** Metrics that are made of counts over rows: means, and F1. */
import { type RowScores, topClasses, type WeightedStatistic } from './rowScores.ts';

/** Of all rows, or of those of one class alone. NaN where no row counts. */
export function meanOverRows(
  { labels }: RowScores,
  valueOfRow: (row: number) => number,
  { classIndex }: { readonly classIndex?: number } = {},
): WeightedStatistic {
  const all = Array.from({ length: labels.length }, (_, row) => row);
  const rows = classIndex === undefined ? all : all.filter((row) => labels[row] === classIndex);
  const values = Float64Array.from(rows, valueOfRow);
  return (weights) => {
    let [sum, total] = [0, 0];
    for (let i = 0; i < values.length; i++) {
      const weight = weights === undefined ? 1 : (weights[rows[i] as number] as number);
      sum += weight * (values[i] as number);
      total += weight;
    }
    return sum / total;
  };
}

/** Unweighted mean of the classes' F1; a class that is neither present nor predicted is left out. */
export function macroF1(rows: RowScores): WeightedStatistic {
  const countsOf = counted(rows);
  return (weights) => {
    const values = f1Values(countsOf(weights)).filter((value) => !Number.isNaN(value));
    return values.reduce((sum, value) => sum + value, 0) / values.length;
  };
}

/** 2 · hits / (predicted + present); NaN where the class is neither. */
export function f1(rows: RowScores, classIndex: number): WeightedStatistic {
  const countsOf = counted(rows);
  return (weights) => f1Values(countsOf(weights))[classIndex] ?? Number.NaN;
}

interface ClassCounts {
  /** [numClasses] each. */
  readonly hits: Float64Array;
  readonly predictedAndPresent: Float64Array;
}

function counted(rows: RowScores): (weights?: ArrayLike<number>) => ClassCounts {
  const { labels, numClasses } = rows;
  const top = topClasses(rows);
  return (weights) => {
    const hits = new Float64Array(numClasses);
    const predictedAndPresent = new Float64Array(numClasses);
    for (let row = 0; row < top.length; row++) {
      const weight = weights === undefined ? 1 : (weights[row] as number);
      const [guess, label] = [top[row] as number, labels[row] as number];
      if (guess === label) hits[label] = (hits[label] as number) + weight;
      predictedAndPresent[guess] = (predictedAndPresent[guess] as number) + weight;
      predictedAndPresent[label] = (predictedAndPresent[label] as number) + weight;
    }
    return { hits, predictedAndPresent };
  };
}

function f1Values({ hits, predictedAndPresent }: ClassCounts): number[] {
  return Array.from(hits, (value, c) => (2 * value) / (predictedAndPresent[c] as number));
}
