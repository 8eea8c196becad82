/** What is known of a user's samples when nothing is trained: points, probabilities, scores, and what has a label. */
import { UserError } from '../foundation/userError.ts';
import type { Embeddings } from '../learner/learner.ts';

/** Class probabilities, by one model or by several draws of one. */
export interface Probabilities {
  /** [numDrawn, numSamples, numClasses] */
  readonly values: Float32Array;
  readonly numDrawn: number;
  readonly numSamples: number;
  readonly numClasses: number;
}

/** Samples are numbered from 0; whatever is given must be of the same ones. */
export interface SelectionInput {
  readonly embeddings?: Embeddings | undefined;
  readonly probabilities?: Probabilities | undefined;
  /** [numSamples], in [0, 1]; higher is more wanted. */
  readonly scores?: Float64Array | undefined;
  /** [numClasses]; left out: their indices. */
  readonly classNames?: readonly string[] | undefined;
  /** What has a label already; `answers` are class indices. */
  readonly labelled?: { readonly rows: Int32Array; readonly answers?: Int32Array | undefined } | undefined;
  /** Rows that may not be picked, such as duplicates. */
  readonly excluded?: Int32Array | undefined;
}

/**
 * How many samples `input` is of. Throws `UserError`: "no-samples", "row-count", "bad-score", "bad-probabilities",
 * "bad-labelled".
 */
export function checkInput(input: SelectionInput): number {
  const { embeddings, probabilities, scores, labelled } = input;
  const counts = [
    ['embeddings', embeddings?.numSamples],
    ['probabilities', probabilities?.numSamples],
    ['scores', scores?.length],
  ] as const;
  const given = counts.flatMap(([name, count]) => (count === undefined ? [] : [{ name, count }]));
  const [first] = given;
  if (first === undefined) {
    throw new UserError(
      'no-samples',
      'A selection needs embeddings, probabilities or scores to select from, and has none. Give one of them.',
    );
  }
  const other = given.find(({ count }) => count !== first.count);
  if (other !== undefined) {
    throw new UserError(
      'row-count',
      `All that is given must be of the same samples, and there are ${first.count} rows of ${first.name} and ${other.count} of ${other.name}. Bring them into line.`,
    );
  }
  if (scores !== undefined) checkScores(scores);
  if (probabilities !== undefined) checkProbabilities(probabilities);
  if (labelled !== undefined) checkLabelled(labelled.rows, first.count);
  return first.count;
}

function checkScores(scores: Float64Array): void {
  const row = scores.findIndex((score) => !(score >= 0 && score <= 1));
  if (row === -1) return;
  throw new UserError(
    'bad-score',
    `Scores must be in [0, 1], and that of row ${row} (counted from 0) is ${scores[row]}. Scale them.`,
  );
}

/** Half precision keeps three digits. */
const TOLERANCE = 2e-3;

function checkProbabilities({ values, numDrawn, numSamples, numClasses }: Probabilities): void {
  for (let i = 0; i < numDrawn * numSamples; i++) {
    let sum = 0;
    let least = 0;
    for (let c = 0; c < numClasses; c++) {
      const p = values[i * numClasses + c] as number;
      sum += p;
      if (!(p >= least)) least = p;
    }
    if (least >= 0 && Math.abs(sum - 1) <= TOLERANCE) continue;
    const row = i % numSamples;
    const where = numDrawn === 1 ? `row ${row}` : `draw ${Math.floor(i / numSamples)}, row ${row}`;
    const met = least >= 0 ? `sum to ${Number(sum.toPrecision(6))}` : `have ${least} among them`;
    throw new UserError(
      'bad-probabilities',
      `Probabilities of a sample must be at least 0 and sum to 1, and those of ${where} (counted from 0) ${met}. Give the softmax of a model's outputs.`,
    );
  }
}

function checkLabelled(rows: Int32Array, numSamples: number): void {
  const seen = new Set<number>();
  for (const row of rows) {
    if (!(row >= 0 && row < numSamples)) {
      throw new UserError(
        'bad-labelled',
        `Labelled rows must be from 0 to ${numSamples - 1}, and one is ${row}. Correct it.`,
      );
    }
    if (seen.has(row)) {
      throw new UserError(
        'bad-labelled',
        `A sample is labelled once, and row ${row} is listed twice. Leave one out.`,
      );
    }
    seen.add(row);
  }
}
