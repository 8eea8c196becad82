/** A training run of some networks side by side: epochs are drawn, cut into steps, and run by the compiled program. */
import type { DeviceTensor, Executable } from '../engines/engine.ts';
import { once } from '../foundation/once.ts';
import { numElements } from '../tensor/shape.ts';
import { drawEpochs } from './drawEpochs.ts';
import { type FitRequest, TrainingDiverged, type TrainingResult } from './fit.ts';
import { type Keeping, keepReplicas } from './keepReplicas.ts';
import { scheduleMinibatches } from './minibatches.ts';
import { stateName } from './programs.ts';
import { anyOf, mapSlots, type Slots } from './slots.ts';
import { type ScheduledReplica, type StepInputsRequest, stepInputs } from './stepInputs.ts';
import { createStopRule, type StopRule } from './stopRule.ts';
import { trainedParameters } from './trainingState.ts';

export interface TrainingRun extends Omit<StepInputsRequest, 'limits'>, Keeping {
  readonly trainer: Executable;
  readonly features: DeviceTensor;
  /** Initial weights, each [numReplicas, …shape]; they stay the caller's. */
  readonly parameters: readonly DeviceTensor[];
  /** All with as many labelled rows. */
  readonly requests: Slots<FitRequest>;
  readonly validationAccuracies: (parameters: readonly DeviceTensor[]) => Promise<Slots<number>>;
  readonly trainingAccuracies: (parameters: readonly DeviceTensor[]) => Promise<Slots<number>>;
}

export interface TrainedReplicas {
  readonly parameters: readonly DeviceTensor[];
  readonly outcomes: Slots<TrainingResult | TrainingDiverged>;
}

/**
 * How long steps handed over at once should take: the time between looks at an interruption. A run is never shorter than
 * an epoch, and how many epochs run together shows in no result.
 */
const SECONDS_PER_RUN = 0.5;
/** Steps of the first run, whose pace is not known yet. */
const STEPS_OF_FIRST_RUN = 64;

/** One network, from its first step to its outcome; after that it idles in its slot. */
interface Replica {
  readonly request: FitRequest;
  readonly stopRule: StopRule;
  outcome?: TrainingResult | TrainingDiverged;
}

export async function train(run: TrainingRun): Promise<TrainedReplicas> {
  const { network, training, requests } = run;
  const limits = createStopRule(training.stop);
  const plan = { training, network, numReplicas: requests.length, limits };
  const replicas: Slots<Replica> = mapSlots(requests, (request) => ({
    request,
    stopRule: createStopRule(training.stop),
  }));
  let state: readonly DeviceTensor[] = [...run.parameters, ...zeroSlots(run)];
  let best = run.parameters;
  let [epochs, steps] = [0, 0];
  let stepsPerRun = STEPS_OF_FIRST_RUN;
  let running = replicas;
  while (running.some(Boolean) && epochs < limits.maximumEpochs && steps < limits.maximumSteps) {
    mapSlots(running, ({ request }) => request.checkInterruption?.());
    const start = performance.now();
    let numEpochs = 0;
    let lastEpochLength = 0;
    const scheduled = mapSlots(running, ({ request }): ScheduledReplica => {
      const drawn = drawEpochs(plan, request, { epochs, steps, stepsPerRun });
      numEpochs = drawn.length;
      lastEpochLength = drawn.at(-1)?.length ?? 0;
      return { request, schedule: scheduleMinibatches(drawn, training.batchSize) };
    });
    const { numSteps, minibatchSizes } = anyOf(scheduled).schedule;
    const { losses, accuracies, next } = await runSteps({ ...run, limits }, state, scheduled, steps);
    stepsPerRun = Math.ceil((numSteps * SECONDS_PER_RUN * 1000) / (performance.now() - start));
    const firstStep = steps;
    epochs += numEpochs;
    steps += numSteps;
    const parameters = next.slice(0, network.parameters.length);
    const validationAccuracies = once(() => run.validationAccuracies(parameters));
    const trainingAccuracies = once(() => run.trainingAccuracies(parameters));
    const isNew = await Promise.all(
      running.map(async (replica, slot) => {
        if (replica === undefined) return false;
        const ofSlot = (values: Float32Array): Float32Array =>
          values.filter((_, i) => i % requests.length === slot);
        const own = ofSlot(losses);
        replica.outcome = divergence(own, firstStep);
        if (replica.outcome !== undefined) return false;
        // Of the last epoch alone, which a limit on steps may have cut short: how many epochs ran together must not show.
        const finalLoss = meanOfLastRows(own, minibatchSizes, lastEpochLength);
        const verdict = await replica.stopRule.afterEpoch?.({
          trainingLoss: finalLoss,
          validationAccuracy: async () => (await validationAccuracies())[slot] as number,
          trainingAccuracy: async () => (await trainingAccuracies())[slot] as number,
          runningAccuracy: () => meanOfLastRows(ofSlot(accuracies), minibatchSizes, lastEpochLength),
        });
        const isLast = epochs >= limits.maximumEpochs || steps >= limits.maximumSteps;
        if (verdict?.stop || isLast) replica.outcome = { epochs, steps, finalLoss };
        return !limits.keepBest || verdict?.isBest === true;
      }),
    );
    const kept = await keepReplicas(
      run,
      best,
      parameters,
      isNew.map((flag, slot) => flag || requests[slot] === undefined),
    );
    free([...state, ...best], [...next, ...kept, ...run.parameters]);
    best = kept;
    state = next;
    running = running.map((replica) => (replica?.outcome === undefined ? replica : undefined));
  }
  free(state, [...best, ...run.parameters]);
  return { parameters: best, outcomes: mapSlots(replicas, ({ outcome }) => outcome ?? neverTrained) };
}

/** Of a rule that allows no epoch at all. */
const neverTrained: TrainingResult = { epochs: 0, steps: 0, finalLoss: Number.NaN };

function free(tensors: readonly DeviceTensor[], stillUsed: readonly DeviceTensor[]): void {
  const used = new Set(stillUsed);
  for (const tensor of new Set(tensors)) if (!used.has(tensor)) tensor.dispose();
}

async function runSteps(
  run: TrainingRun & StepInputsRequest,
  state: readonly DeviceTensor[],
  scheduled: Slots<ScheduledReplica>,
  firstStep: number,
) {
  const named = Object.fromEntries(state.map((tensor, i) => [stateName(i), tensor]));
  const inputs = stepInputs(run, scheduled, firstStep);
  const results = await run.trainer.run({ features: run.features, ...inputs, ...named });
  for (const tensor of Object.values(inputs)) tensor.dispose();
  const { losses, accuracies } = results;
  if (losses === undefined) throw new Error('The training program returned no losses.');
  // [numSteps, numReplicas, 1, 1]
  const values = async (tensor: DeviceTensor): Promise<Float32Array> =>
    (await tensor.read()).data as Float32Array;
  return {
    losses: await values(losses),
    accuracies: accuracies === undefined ? new Float32Array() : await values(accuracies),
    next: state.map((_, i) => results[stateName(i)] as DeviceTensor),
  };
}

function divergence(losses: Float32Array, firstStep: number): TrainingDiverged | undefined {
  const bad = losses.findIndex((loss) => !Number.isFinite(loss));
  if (bad < 0) return undefined;
  return new TrainingDiverged(
    `The training loss became ${losses[bad]} at step ${firstStep + bad}: lower the learning rate or clip the data.`,
  );
}

/** Mean per row of what each minibatch had on average, over the last `length` rows' worth of minibatches. */
function meanOfLastRows(values: Float32Array, minibatchSizes: Int32Array, length: number): number {
  let [sum, rows] = [0, 0];
  for (let step = values.length - 1; step >= 0 && rows < length; step--) {
    const size = minibatchSizes[step] as number;
    sum += (values[step] as number) * size;
    rows += size;
  }
  return sum / rows;
}

function zeroSlots({ engine, network, optimizer, requests }: TrainingRun): DeviceTensor[] {
  return Array.from({ length: optimizer.numSlots }).flatMap(() =>
    trainedParameters(network).map(({ shape }) => {
      const full = [requests.length, ...shape];
      return engine.upload({ dtype: 'float32', shape: full, data: new Float32Array(numElements(full)) });
    }),
  );
}
