/**
 * Who chooses what to label next: the trial's own model, as it has just been trained, or a query model, trained on the same
 * labels for nothing else. A query model is trained by the very streams that it has in a trial of its own and therefore
 * asks for the very rows; where such a trial is stored, its queries are taken over and nothing is trained.
 */
import { type FittedModel, TrainingDiverged } from '../learner/fit.ts';
import type { Trial, TrialIdentity } from '../store/record.ts';
import { BadPick, pickProblem } from '../strategies/pickProblem.ts';
import type { Cohort } from './cohort.ts';
import { type FittedRound, fitRound, type RoundRequest } from './fitRound.ts';
import { createForesight } from './foresight.ts';
import { acquiringIdentity } from './planQueryModel.ts';
import { createQueryContext } from './queryContext.ts';
import { timed } from './timed.ts';
import { createTrialStrategy } from './trialStrategy.ts';

export interface ChoiceRequest extends Omit<RoundRequest, 'startFrom'> {
  /** The trial's own model. */
  readonly fitted: FittedRound;
  readonly batchSize: number;
}

export interface Choice {
  readonly rows: Int32Array;
  /** `fit` and `evaluate` are the query model's, and 0 where there is none. */
  readonly seconds: {
    readonly fit: number;
    readonly evaluate: number;
    readonly score: number;
    readonly select: number;
  };
}

export type Chooser = (request: ChoiceRequest) => Promise<Choice>;

/** What a trial with a query model needs of it. */
export interface Acquisition {
  /** Of the trial that has the query model as its own. */
  readonly cohort: () => Promise<Cohort>;
  /** What that trial asked for, by round; missing where it is not stored. */
  readonly queries?: readonly (readonly number[])[] | undefined;
}

const nothing = { fit: 0, evaluate: 0, score: 0, select: 0 };

export function createChooser(trial: Trial, cohort: Cohort, acquisition?: Acquisition): Chooser {
  const acquirer = acquiringIdentity(trial.identity);
  if (acquirer === undefined) {
    return (request) => choose(trial, { identity: trial.identity, cohort }, request);
  }
  if (acquisition === undefined) throw new Error(`Trial ${trial.id} has a query model, and was given none.`);
  let previous: readonly FittedModel[] | undefined;
  return async (request) => {
    const stored = acquisition.queries?.[request.round];
    if (stored !== undefined) return { rows: Int32Array.from(stored), seconds: nothing };
    const asking = { identity: acquirer, cohort: await acquisition.cohort() };
    const fitted = await fitQueryModel(asking, request, previous).catch((error: unknown) => {
      throw error instanceof TrainingDiverged
        ? new TrainingDiverged(`The query model: ${error.message}`)
        : error;
    });
    previous = fitted.members;
    const { rows, seconds } = await choose(trial, asking, { ...request, fitted });
    return { rows, seconds: { ...seconds, ...fitted.seconds } };
  };
}

interface Asking {
  readonly identity: TrialIdentity;
  readonly cohort: Cohort;
}

function fitQueryModel(
  { identity, cohort }: Asking,
  { labelled, round, checkInterruption }: ChoiceRequest,
  previous: readonly FittedModel[] | undefined,
): Promise<FittedRound> {
  if (round === 0) return cohort.roundZero(checkInterruption);
  const isWarm = identity.model.training.start === 'warm';
  return fitRound(cohort, identity, {
    ...{ labelled, round, checkInterruption },
    ...(isWarm && previous && { startFrom: previous }),
  });
}

/** Asks the strategy; the seconds of predicting for the pool are kept apart from those of choosing. */
async function choose(
  { isBound }: Trial,
  { identity, cohort }: Asking,
  request: ChoiceRequest,
): Promise<Choice> {
  const { fitted, batchSize, round, checkInterruption } = request;
  const strategy = createTrialStrategy(identity.strategy, checkInterruption);
  const foresight = isBound ? createForesight(cohort, identity, request) : undefined;
  const { context, clock } = createQueryContext(identity, round, fitted, foresight);
  const chosen = await timed(fitted.clock, () => strategy.select(context, batchSize));
  const { score, waited } = clock();
  const rows = chosen.value;
  const problem = pickProblem(rows, fitted.poolRows, batchSize);
  if (problem !== undefined) throw new BadPick(`The strategy "${identity.strategy.name}" ${problem}.`);
  return { rows, seconds: { ...nothing, score, select: Math.max(0, chosen.wallSeconds - waited) } };
}
