/** What bounds look at and nothing else may: the true labels of unlabelled rows, by what training on them would bring. */
import { TrainingDiverged } from '../learner/fit.ts';
import type { TrialIdentity } from '../store/record.ts';
import type { Foresight, Outcome } from '../strategies/strategy.ts';
import { type FittedRound, fitRound, type RoundRequest, type RoundSetting } from './fitRound.ts';

/**
 * Trials of single rows on top of `fitted`. Each is the very training that would follow, with the next round's streams,
 * were that row alone labelled, and rightly. Held out are the validation rows, or without any the test rows: the curve
 * is then the one that the bound was chosen by.
 */
export function createForesight(
  setting: RoundSetting,
  identity: TrialIdentity,
  { labelled, round, checkInterruption, fitted }: RoundRequest & { readonly fitted: FittedRound },
): Foresight {
  const { split, dataset } = setting;
  const heldOut = split.validation.length > 0 ? split.validation : split.test;
  const isWarm = identity.model.training.start === 'warm';
  async function tryRow(row: number): Promise<Outcome> {
    const extended = labelled.copy();
    extended.add([row], [dataset.labels[row] as number], 0);
    try {
      const { metrics } = await fitRound({ ...setting, split: { ...split, test: heldOut } }, identity, {
        ...{ labelled: extended, round: round + 1, checkInterruption },
        ...(isWarm && { startFrom: fitted.members }),
      });
      return metrics;
    } catch (error) {
      if (error instanceof TrainingDiverged) return { accuracy: 0, nll: Number.POSITIVE_INFINITY };
      throw error;
    }
  }
  return {
    async tryLabelling(rows) {
      const outcomes: Outcome[] = [];
      for (const row of rows) outcomes.push(await tryRow(row));
      return outcomes;
    },
  };
}
