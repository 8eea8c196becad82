/** The schema of an experiment's spec: what it is checked by, and what editors are told. */
import { z } from 'zod';
import { type AddProblem, axis, component, count, seeds, valueAxis, withRules } from './specAxes.ts';
import { checkPart, checkProblems, strategyLabels } from './specCheck.ts';
import { dataset } from './specDataset.ts';
import { model } from './specModel.ts';
import { show } from './specProblems.ts';
import { strategy } from './specStrategy.ts';
import { trainingPatch } from './specTraining.ts';
import type { SpecVocabulary } from './specVocabulary.ts';

/** What an experiment may be called: also the name of its directory. */
export const namePattern = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** The sentence for a name that does not match. */
export function nameProblem(name: unknown): string {
  return `must be lower-case words and digits joined by "-"; met ${show(name)}`;
}

const costBudget = 'What all queries may cost together, the initial pool included, in the oracle’s unit.';

/** The schema for the names in `vocabulary`. Its output has lists for axes and defaults filled in. */
export function specSchema(vocabulary: SpecVocabulary) {
  return withRules(
    z.strictObject({
      $schema: z.string().optional().describe('Where editors find this schema.'),
      name: z
        .string()
        .regex(namePattern, { error: ({ input }) => nameProblem(input) })
        .optional()
        .describe('Names the results directory. Default: the name of this file.'),
      description: z.string().default('').describe('What the experiment is for; shown in reports.'),
      dataset: axis(dataset(vocabulary.datasets)).describe('The data set, or a list of them.'),
      model: axis(model(vocabulary.models)).describe('The model, or a list of them.'),
      queryModel: axis(model(vocabulary.models))
        .optional()
        .describe(
          'The model that strategies look at, or a list of them, trained on the same labels beside each "model". Default: each model itself.',
        ),
      strategy: axis(strategy(vocabulary)).describe('The query strategy, or a list of them.'),
      oracle: axis(component(vocabulary.oracles))
        .prefault('perfect')
        .describe('Who answers queries, or a list. Default: perfect.'),
      initialPoolSize: valueAxis(count).describe('Labels to start with, or a list of such numbers.'),
      queryBatchSize: valueAxis(count).describe('Labels queried per round, or a list of such numbers.'),
      rounds: count.optional().describe('How many queries are made. Give this or a budget.'),
      budget: z
        .union([
          count,
          z.literal('all'),
          z.strictObject({ cost: z.number().positive().describe(costBudget) }),
        ])
        .optional()
        .describe(
          'Labels at the end, the initial pool included; all: until the pool is empty; { cost: … }: what they may cost. ' +
            'Give this or rounds.',
        ),
      scoring: z
        .strictObject({
          poolSubset: count.describe('Rows drawn from the pool each round.'),
        })
        .optional()
        .describe('Limits strategies to a random part of the pool, the same for every strategy.'),
      seed: seeds.describe('Each seed repeats everything: a number, a range "0-4", or a list.'),
      target: valueAxis(z.number().positive().max(1))
        .default([])
        .describe('Test accuracies for "labels to reach a target".'),
      training: trainingPatch.default({}).describe('Laid over the training of every model.'),
      engine: z
        .enum(Object.keys(vocabulary.engines))
        .default('onnx')
        .describe('What computes. Default: onnx.'),
      device: z
        .enum([...new Set(Object.values(vocabulary.engines).flat())])
        .optional()
        .describe("Where it computes. Default: the first of the engine's devices, a CPU."),
      check: checkPart.optional().describe('By what rules `querybench check` judges results.'),
    }),
    (value, addProblem) => {
      const { rounds, budget, engine = 'onnx', device } = value;
      if (rounds !== undefined && budget !== undefined) {
        addProblem(`must not stand beside "rounds"; met ${show(budget)}; leave one of the two out`, 'budget');
      }
      if (rounds === undefined && budget === undefined) {
        addProblem(
          'must have "rounds" or "budget"; met neither; "budget: all" goes on until the pool is empty',
        );
      }
      const devices = vocabulary.engines[String(engine)] ?? [];
      const isDevice = (name: unknown): boolean =>
        Object.values(vocabulary.engines).flat().includes(String(name));
      if (devices.length > 0 && isDevice(device) && !devices.includes(String(device))) {
        addProblem(
          `must be one the engine ${engine} has: ${devices.join(', ')}; met ${show(device)}`,
          'device',
        );
      }
      refuseStrangers(value, addProblem);
    },
  );
}

/** Rules about strategies that the spec does not have. Where the strategies are wrong themselves, nothing is said. */
function refuseStrangers(value: Readonly<Record<string, unknown>>, addProblem: AddProblem): void {
  const labels = strategyLabels(value.strategy, value.queryModel);
  if (labels === undefined) return;
  for (const { path, message } of checkProblems(value.check, labels)) {
    addProblem(message, ['check', ...path]);
  }
}
