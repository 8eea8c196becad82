/** The active-learning loop of one trial: fit, evaluate, select, ask the oracle, record; until the budget is spent. */
import type { FittedModel } from '../learner/fit.ts';
import type { RoundRecord, Trial } from '../store/record.ts';
import { askOracle, nextBatchSize } from './askOracle.ts';
import { type Acquisition, type Choice, type ChoiceRequest, type Chooser, createChooser } from './chooser.ts';
import type { Cohort } from './cohort.ts';
import { fitRound } from './fitRound.ts';
import { firstOf } from './sampling.ts';

export interface TrialLoopOptions {
  /** Rounds that an earlier run has stored, in order: their answers are taken over and the loop goes on after them. */
  readonly storedRounds: readonly RoundRecord[];
  /** Called between rounds and during training; throws to end the trial. */
  readonly checkInterruption: () => void;
  /** Where another model than the trial's own chooses. */
  readonly acquisition?: Acquisition | undefined;
  /** Sees the networks of the last round before its record comes. */
  readonly onLastFit?: (members: readonly FittedModel[]) => Promise<void>;
}

/**
 * Yields one record per round, beginning after the stored ones. A warm start needs the previous round's weights, which
 * are not stored: such a trial must begin with none.
 */
export async function* trialLoop(
  trial: Trial,
  cohort: Cohort,
  { storedRounds, checkInterruption, acquisition, onLastFit }: TrialLoopOptions,
): AsyncGenerator<RoundRecord> {
  const { identity } = trial;
  // Killed between its last round and its footer.
  if (storedRounds.at(-1)?.queriedRows.length === 0) return;
  const labelled = cohort.initial.copy();
  let wasCut = false; // a query that the cost cuts short is the last one
  for (const { queriedRows, answers, labelCost } of storedRounds) {
    wasCut = queriedRows.length < nextBatchSize(identity, labelled);
    labelled.add(queriedRows, answers, labelCost);
  }
  const isWarm = identity.model.training.start === 'warm';
  const choose = createChooser(trial, cohort, acquisition);
  let previous: readonly FittedModel[] | undefined;
  for (let round = storedRounds.length; ; round++) {
    checkInterruption();
    const fitted =
      round === 0
        ? await cohort.roundZero(checkInterruption)
        : await fitRound(cohort, identity, {
            ...{ labelled, round, checkInterruption },
            ...(isWarm && previous && { startFrom: previous }),
          });
    previous = fitted.members;
    const { totalCost } = labelled;
    const numLabels = labelled.rows.length;
    const batchSize = wasCut ? 0 : nextBatchSize(identity, labelled);
    const { rows: wanted, seconds } = await query(choose, {
      ...{ fitted, batchSize, labelled, round, checkInterruption },
    });
    const { rows, answers, cost } = await askOracle(cohort.oracle, wanted, labelled, identity.costBudget);
    wasCut = rows.length < batchSize;
    labelled.add(rows, answers, cost);
    if (rows.length === 0) await onLastFit?.(fitted.members);
    const { epochs, steps, finalLoss } = firstOf(fitted.members).training;
    yield {
      kind: 'round',
      round,
      numLabels,
      totalCost,
      metrics: fitted.metrics,
      training: { epochs, steps, finalLoss },
      queriedRows: [...rows],
      answers: [...answers],
      labelCost: cost,
      ...(round === 0 && { poolClasses: poolClasses(cohort) }),
      seconds: {
        ...{ score: seconds.score, select: seconds.select },
        fit: fitted.seconds.fit + seconds.fit,
        evaluate: fitted.seconds.evaluate + seconds.evaluate,
      },
    };
    if (rows.length === 0) return;
  }
}

/** [numClasses] */
function poolClasses({ dataset: { info, labels }, split }: Cohort): number[] {
  const counts = new Array<number>(info.numClasses).fill(0);
  for (const row of split.pool) counts[labels[row] as number] = (counts[labels[row] as number] ?? 0) + 1;
  return counts;
}

/** Nobody is asked once the budget is spent. */
async function query(choose: Chooser, request: ChoiceRequest): Promise<Choice> {
  if (request.batchSize > 0) return choose(request);
  return { rows: new Int32Array(0), seconds: { fit: 0, evaluate: 0, score: 0, select: 0 } };
}
