/**
 * At round 0 all strategies of a cohort have the same split, initial pool, weights and minibatches, and so the same
 * result: the same number of labels and pool always, and every bit of the training and the metrics where the trials
 * ran in one environment on a processor's cores. Between packs of different sizes, or on GPUs, round 0 agrees within
 * rounding alone, of which a training makes any difference: there nothing more is asked for.
 */
import { cohortId } from '../../experiment/planIds.ts';
import { canonicalJson } from '../../foundation/contentHash.ts';
import { groupBy } from '../../foundation/groupBy.ts';
import type { StoredTrial } from '../../store/record.ts';
import { bitReasons } from '../bitReasons.ts';
import { firstParting, type KnownRound } from '../partings.ts';
import type { Finding } from './finding.ts';

export function pairedStart(trials: readonly StoredTrial[]): Finding[] {
  return groupBy(trials, ({ header }) => cohortId(header.trial.identity)).flatMap((cohort) => {
    const uneven = unlikeMost(cohort, ({ numLabels, poolClasses }) => ({
      numLabels,
      ...(poolClasses && { poolClasses }),
    }));
    if (uneven.length > 0) return uneven;
    return environments(cohort).flatMap((members) =>
      unlikeMost(members, ({ numLabels, totalCost, training, metrics }) => ({
        ...{ numLabels, ...(totalCost !== undefined && { totalCost }) },
        ...(training && { training }),
        ...(metrics && { metrics }),
      })),
    );
  });
}

/** In classes within which every bit must be equal. */
function environments(trials: readonly StoredTrial[]): StoredTrial[][] {
  const classes: StoredTrial[][] = [];
  for (const trial of trials) {
    const found = classes.find(
      ([first]) => first && bitReasons(first.header.environment, trial.header.environment).length === 0,
    );
    if (found === undefined) classes.push([trial]);
    else found.push(trial);
  }
  return classes;
}

/** Trials whose round 0 differs from that which most of them have; of equally many, from the first's. */
function unlikeMost(trials: readonly StoredTrial[], factsOf: (round: KnownRound) => KnownRound): Finding[] {
  const starts = trials.map((trial) => ({ trial, facts: factsOf(trial.rounds[0] ?? {}) }));
  const alike = groupBy(starts, ({ facts: { poolClasses, ...facts } }) => canonicalJson(facts));
  const most = alike.reduce((best, group) => (group.length > best.length ? group : best), alike[0] ?? []);
  const [reference] = most;
  if (reference === undefined) return [];
  return starts.flatMap(({ trial, facts }) => {
    const parting = firstParting([reference.facts], [facts]);
    if (parting === undefined) return [];
    const others = most.length === 1 ? '' : ` and ${most.length - 1} more`;
    const { field, baselineValue, currentValue } = parting;
    const finding =
      'Strategies of a cohort must start alike, to the last bit: ' +
      `${field} of round 0 is ${currentValue} with ${strategyOf(trial)}, and ${baselineValue} with ${strategyOf(reference.trial)}${others}.`;
    return [{ trial, round: 0, finding }];
  });
}

function strategyOf({ header }: StoredTrial): string {
  return header.trial.labels.strategy;
}
