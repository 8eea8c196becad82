/**
 * An annotator that sometimes says nothing. The query is spent and paid for all the same. Asked again, a row may be
 * answered: each time is a draw of its own.
 */
import { z } from 'zod';
import { answerEach, drawWithErrors } from './answers.ts';
import { NO_ANSWER } from './oracle.ts';
import { defineOracle } from './oracleEntry.ts';

export const abstaining = defineOracle({
  version: 1,
  description: 'says nothing at a rate; the query is spent, the sample may come back; cost 1 a query',
  mayAbstain: true,
  options: {
    rate: z.number().min(0).lt(1).default(0.1).describe('Share of queries without an answer.'),
    sample: z
      .enum(['returns', 'leaves'])
      .default('returns')
      .describe('What an unanswered sample does: it returns to the pool (default), or leaves it for good.'),
    errorRate: z.number().min(0).max(1).default(0).describe('Share of wrong answers among those given.'),
  },
  create({ rate, sample, errorRate }, context) {
    const errors = { rate: errorRate, numClasses: context.numClasses };
    return {
      retiresUnanswered: sample === 'leaves',
      ...answerEach(context, ({ trueLabel, stream }) =>
        stream.uniform() < rate ? NO_ANSWER : drawWithErrors(trueLabel, errors, stream),
      ),
    };
  },
});
