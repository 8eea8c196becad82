/** How long trials would take: real rounds at the smallest and the largest label count, a straight line between. */
import { loadDataset, readIndexMasks } from '../datasets/index.ts';
import { createCompute } from '../engines/compute.ts';
import type { Engine } from '../engines/engine.ts';
import { canonicalJson } from '../foundation/contentHash.ts';
import { createLearner } from '../learner/learner.ts';
import type { Trial } from '../store/record.ts';
import { askOracle } from './askOracle.ts';
import { type CohortSetting, createCohort } from './cohort.ts';
import { fitRound } from './fitRound.ts';
import { roundSizes } from './roundSizes.ts';

/** Seconds of one worker with `engine` for all of `trials`, every one taken to predict for its pool in every round. */
export async function estimateSeconds(trials: readonly Trial[], engine: Engine): Promise<number> {
  const keyOf = ({ identity: { dataset, model } }: Trial): string => canonicalJson({ dataset, model });
  let total = 0;
  for (const key of new Set(trials.map(keyOf))) {
    const group = trials.filter((trial) => keyOf(trial) === key);
    const { dataset: config, model } = (group[0] as Trial).identity;
    const dataset = await loadDataset(config.name);
    const learner = await createLearner(
      engine,
      dataset,
      dataset.info.normalizations[config.normalization],
      model,
    );
    const masks = config.split.masks && (await readIndexMasks(config.split.masks.path, dataset.info));
    const measure = (trial: Trial, numLabels: number) =>
      roundSeconds(trial, numLabels, {
        ...{ dataset, learner, compute: createCompute(engine) },
        ...(masks && { masks }),
      });
    const smallest = group.reduce((a, b) =>
      a.identity.initialPoolSize <= b.identity.initialPoolSize ? a : b,
    );
    const largest = group.reduce((a, b) => (a.identity.budget >= b.identity.budget ? a : b));
    const [from, to] = [smallest.identity.initialPoolSize, largest.identity.budget];
    await measure(smallest, from); // the first run of a session pays for its memory
    const atFrom = await measure(smallest, from);
    const slope = to > from ? ((await measure(largest, to)) - atFrom) / (to - from) : 0;
    for (const { identity } of group) {
      for (const numLabels of roundSizes(identity)) total += atFrom + slope * (numLabels - from);
    }
    await learner.dispose();
  }
  return total;
}

/** One round trained on the initial pool and on further rows of the pool up to `numLabels`. */
async function roundSeconds({ identity }: Trial, numLabels: number, given: CohortSetting): Promise<number> {
  const cohort = await createCohort(identity, given);
  const labelled = cohort.initial.copy();
  const more = labelled.unlabelled().subarray(0, numLabels - labelled.numQueries);
  const { rows, answers, cost } = await askOracle(cohort.oracle, more, labelled);
  labelled.add(rows, answers, cost);
  const start = performance.now();
  const fitted = await fitRound(cohort, identity, { labelled, round: 0, checkInterruption: () => {} });
  await fitted.poolPredictions();
  return (performance.now() - start) / 1000;
}
