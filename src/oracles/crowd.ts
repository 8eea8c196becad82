/**
 * Several annotators of different accuracy, and one answer made of their votes: by majority, or by Dawid and Skene's model
 * of who errs how. That model is fitted once, to the votes on `calibration` rows drawn from the seed, and not to the rows
 * a strategy asks for: else the answer to a row would depend on what else was asked, and strategies would not be paired.
 * A query costs one per annotator.
 */
import { z } from 'zod';
import type { RandomStream } from '../foundation/randomStream.ts';
import { deriveStream } from '../foundation/randomStream.ts';
import { answerEach, drawWithErrors, oracleStream } from './answers.ts';
import { badOracle } from './badOracle.ts';
import { fitDawidSkene, logJoint } from './dawidSkene.ts';
import type { OracleContext } from './oracle.ts';
import { defineOracle } from './oracleEntry.ts';

export const crowd = defineOracle({
  version: 1,
  description: 'several annotators vote: majority or Dawid-Skene; cost 1 per annotator and query',
  options: {
    accuracies: z
      .array(z.number().min(0).max(1))
      .min(1)
      .max(50)
      .default([0.9, 0.8, 0.7])
      .describe('Of each annotator: how often a vote is right; errors fall on the other classes alike.'),
    aggregation: z
      .enum(['majority', 'dawid-skene'])
      .default('majority')
      .describe('How votes become one answer. Default: majority, ties at random.'),
    calibration: z
      .int()
      .min(10)
      .max(100_000)
      .default(2000)
      .describe('Rows whose votes tell dawid-skene how the annotators err. Default: 2000.'),
  },
  checkOptions({ aggregation, accuracies }) {
    if (aggregation === 'majority' || accuracies.length > 2) return;
    badOracle(
      `Dawid-Skene needs the votes of at least 3 annotators, and "accuracies" has ${accuracies.length}. ` +
        'Add annotators, or use "aggregation: majority".',
    );
  },
  minimumCost: ({ accuracies }) => accuracies.length,
  create({ accuracies, aggregation, calibration }, context) {
    const scoresOf =
      aggregation === 'majority'
        ? (votes: Int32Array) => countVotes(votes, context.numClasses)
        : dawidSkeneScores(context, accuracies, calibration);
    return answerEach(
      context,
      ({ trueLabel, stream }) => {
        const votes = drawVotes(trueLabel, { accuracies, numClasses: context.numClasses }, stream);
        return highest(scoresOf(votes), stream);
      },
      () => accuracies.length,
    );
  },
});

interface Crowd {
  readonly accuracies: readonly number[];
  readonly numClasses: number;
}

/** [numAnnotators]; the first annotators vote the same however many follow. */
function drawVotes(trueLabel: number, { accuracies, numClasses }: Crowd, stream: RandomStream): Int32Array {
  return Int32Array.from(accuracies, (accuracy) =>
    drawWithErrors(trueLabel, { rate: 1 - accuracy, numClasses }, stream),
  );
}

function countVotes(votes: Int32Array, numClasses: number): Float64Array {
  const counts = new Float64Array(numClasses);
  for (const vote of votes) (counts[vote] as number) += 1;
  return counts;
}

/** The model of the calibration rows' votes, as a function from votes to the classes' log-probabilities. */
function dawidSkeneScores(
  { trueLabels, numClasses, seed }: OracleContext,
  accuracies: readonly number[],
  calibration: number,
) {
  const order = deriveStream('oracle', { seed, calibration: trueLabels.length }).permutation(
    trueLabels.length,
  );
  const votes = Array.from(order.subarray(0, calibration), (row) =>
    drawVotes(trueLabels[row] as number, { accuracies, numClasses }, oracleStream(seed, row)),
  );
  const numAnnotators = accuracies.length;
  const labels = new Int32Array(votes.length * numAnnotators);
  votes.forEach((each, i) => {
    labels.set(each, i * numAnnotators);
  });
  const model = fitDawidSkene({ labels, numAnnotators, numClasses });
  return (each: Int32Array) => logJoint(each, model);
}

/** The class with the highest score; ties are drawn. */
function highest(scores: Float64Array, stream: RandomStream): number {
  const best = Math.max(...scores);
  const tied = [...scores.keys()].filter((c) => scores[c] === best);
  return tied[Math.floor(stream.uniform() * tied.length)] as number;
}
