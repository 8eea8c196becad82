/** A training run: epochs are drawn, cut into steps, and handed to the compiled program in as large pieces as allowed. */
import type { DeviceTensor, Engine, Executable } from '../engines/engine.ts';
import type { TrainingConfig } from '../models/modelConfig.ts';
import type { Network } from '../models/network.ts';
import type { Optimizer } from '../models/optimizer.ts';
import { numElements } from '../tensor/shape.ts';
import type { FitRequest, FittedModel } from './fit.ts';
import {
  epochLength,
  epochRows,
  type MinibatchSchedule,
  scheduleMinibatches,
  stepsPerEpoch,
} from './minibatches.ts';
import { stateName } from './programs.ts';
import { stepInputs } from './stepInputs.ts';
import type { StopRule } from './stopRule.ts';

/** The loss became NaN or infinite: a result of the experiment, not a fault of the program. */
export class TrainingDiverged extends Error {
  override readonly name = 'TrainingDiverged';
}

export interface TrainingRun {
  readonly engine: Engine;
  readonly trainer: Executable;
  readonly features: DeviceTensor;
  readonly network: Network;
  readonly optimizer: Optimizer;
  /** Initial weights, each [1, …shape]. */
  readonly parameters: readonly DeviceTensor[];
  readonly training: TrainingConfig;
  readonly stopRule: StopRule;
  readonly request: FitRequest;
  readonly validationAccuracy: (parameters: readonly DeviceTensor[]) => Promise<number>;
  readonly trainingAccuracy: (parameters: readonly DeviceTensor[]) => Promise<number>;
}

/**
 * How long steps handed over at once should take: the time between looks at an interruption. A run is never shorter than
 * an epoch, and how many epochs run together shows in no result.
 */
const SECONDS_PER_RUN = 0.5;
/** Steps of the first run, whose pace is not known yet. */
const STEPS_OF_FIRST_RUN = 64;
/** Bounds on the memory of indices and masks. */
const ROWS_PER_RUN = 2 ** 17;
const MASK_BYTES_PER_RUN = 2 ** 25;

export async function train(run: TrainingRun): Promise<FittedModel> {
  const { stopRule, request, network } = run;
  const numParameters = network.parameters.length;
  let state = [...run.parameters, ...zeroSlots(run)];
  let best = run.parameters;
  let [epochs, steps, finalLoss] = [0, 0, Number.NaN];
  let stepsPerRun = STEPS_OF_FIRST_RUN;
  while (epochs < stopRule.maximumEpochs && steps < stopRule.maximumSteps) {
    request.checkInterruption?.();
    const start = performance.now();
    const drawn = drawEpochs(run, { epochs, steps, stepsPerRun });
    const schedule = scheduleMinibatches(drawn, run.training.batchSize);
    const result = await runSteps(run, state, schedule, steps);
    // The first run's state belongs to the caller (a warm start's weights live on); later ones are ours to free.
    if (steps > 0) for (const tensor of state) if (!best.includes(tensor)) tensor.dispose();
    state = result.state;
    const seconds = (performance.now() - start) / 1000;
    stepsPerRun = Math.ceil((schedule.numSteps * SECONDS_PER_RUN) / seconds);
    epochs += drawn.length;
    steps += schedule.numSteps;
    // Of the last epoch alone, which a limit on steps may have cut short: how many epochs ran together must not show.
    finalLoss = meanLoss(result.losses, schedule.minibatchSizes, drawn.at(-1)?.length ?? 0);
    const parameters = state.slice(0, numParameters);
    const verdict = await stopRule.afterEpoch?.({
      trainingLoss: finalLoss,
      validationAccuracy: () => run.validationAccuracy(parameters),
      trainingAccuracy: () => run.trainingAccuracy(parameters),
    });
    if (!stopRule.keepBest || verdict?.isBest) best = parameters;
    if (verdict?.stop) break;
  }
  return { parameters: best, training: { epochs, steps, finalLoss } };
}

/** The next epochs that may run without being looked at; with a limit on steps, the last one is cut short. */
function drawEpochs(
  { training, stopRule, request, network }: TrainingRun,
  done: { readonly epochs: number; readonly steps: number; readonly stepsPerRun: number },
): Int32Array[] {
  const length = epochLength(request.rows.length, training.minimumSamplesPerEpoch);
  const batchSize = Math.min(training.batchSize, length);
  const epochSteps = stepsPerEpoch(request.rows.length, training);
  const maskBytes = batchSize * network.masks.reduce((sum, { shape }) => sum + numElements(shape), 0);
  const stepsPerRun = Math.min(
    done.stepsPerRun,
    Math.floor(ROWS_PER_RUN / batchSize),
    Math.floor(MASK_BYTES_PER_RUN / Math.max(1, maskBytes)),
  );
  const wanted = stopRule.afterEpoch ? 1 : Math.max(1, Math.floor(stepsPerRun / epochSteps));
  const drawn: Int32Array[] = [];
  let stepsLeft = stopRule.maximumSteps - done.steps;
  while (drawn.length < Math.min(wanted, stopRule.maximumEpochs - done.epochs) && stepsLeft > 0) {
    const rows = epochRows(request.rows, training.minimumSamplesPerEpoch, request.streams.minibatches);
    drawn.push(rows.subarray(0, Math.min(rows.length, stepsLeft * batchSize)));
    stepsLeft -= epochSteps;
  }
  return drawn;
}

async function runSteps(
  run: TrainingRun,
  state: readonly DeviceTensor[],
  schedule: MinibatchSchedule,
  firstStep: number,
) {
  const named = Object.fromEntries(state.map((tensor, i) => [stateName(i), tensor]));
  const results = await run.trainer.run({
    features: run.features,
    ...stepInputs(run, schedule, firstStep),
    ...named,
  });
  const losses = (await (results.losses as DeviceTensor).read()).data as Float32Array;
  checkLosses(losses, firstStep);
  return { losses, state: state.map((_, i) => results[stateName(i)] as DeviceTensor) };
}

function checkLosses(losses: Float32Array, firstStep: number): void {
  const bad = losses.findIndex((loss) => !Number.isFinite(loss));
  if (bad >= 0) {
    throw new TrainingDiverged(
      `The training loss became ${losses[bad]} at step ${firstStep + bad}: lower the learning rate or clip the data.`,
    );
  }
}

/** Mean loss per row over the last `length` rows' worth of minibatches. */
function meanLoss(losses: Float32Array, minibatchSizes: Int32Array, length: number): number {
  let [sum, rows] = [0, 0];
  for (let step = losses.length - 1; step >= 0 && rows < length; step--) {
    const size = minibatchSizes[step] as number;
    sum += (losses[step] as number) * size;
    rows += size;
  }
  return sum / rows;
}

function zeroSlots({ engine, network, optimizer }: TrainingRun): DeviceTensor[] {
  return Array.from({ length: optimizer.numSlots }).flatMap(() =>
    network.parameters.map(({ shape }) => {
      const full = [1, ...shape];
      return engine.upload({ dtype: 'float32', shape: full, data: new Float32Array(numElements(full)) });
    }),
  );
}
