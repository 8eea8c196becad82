/** A small network that tells labelled samples from unlabelled ones by their embeddings, trained by the engine's programs. */
import type { Compute } from '../../engines/compute.ts';
import type { DeviceTensor } from '../../engines/engine.ts';
import type { RandomStream } from '../../foundation/randomStream.ts';
import { initialize } from '../../models/initialize.ts';
import { buildLoss } from '../../models/loss.ts';
import { buildNetwork, type Network } from '../../models/network.ts';
import { buildOptimizer } from '../../models/optimizer.ts';
import { gradients } from '../../tensor/gradients.ts';
import { loop } from '../../tensor/loop.ts';
import type { Node } from '../../tensor/node.ts';
import { constant, input, matMul, mul, reshape, sub } from '../../tensor/ops.ts';
import { type Program, program } from '../../tensor/program.ts';
import { disposeTensors } from './chunks.ts';
import type { EuclideanSpace } from './euclideanSpace.ts';

export interface DiscriminatorConfig {
  readonly hiddenUnits: number;
  readonly steps: number;
  readonly learningRate: number;
}

/** Half of a minibatch is labelled, half unlabelled, however few labels there are. */
const BATCH_SIZE = 64;
/** Minibatches are gathered and handed over so many at a time. */
const STEPS_PER_RUN = 50;

const optimizerOf = (learningRate: number) =>
  buildOptimizer({ name: 'adam', learningRate, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 });

export interface Discriminator {
  /** Trains afresh to tell `labelled` [numLabelled][width] from the points at `unlabelled`; neither is empty. */
  train(labelled: readonly Float32Array[], unlabelled: Int32Array): Promise<void>;
  /** [numPoints] logit of "unlabelled" minus logit of "labelled", for all points. */
  score(): Promise<Float64Array>;
  dispose(): void;
}

/** For the points of `space`, by whose mean and variance embeddings are standardised. */
export async function createDiscriminator(
  compute: Compute,
  space: EuclideanSpace,
  { hiddenUnits, steps, learningRate }: DiscriminatorConfig,
  stream: RandomStream,
): Promise<Discriminator> {
  const { engine } = compute;
  const { width } = space;
  const network = buildNetwork(
    [{ type: 'dense', units: hiddenUnits }, { type: 'relu' }, { type: 'dense', units: 'numClasses' }],
    { sampleShape: [width], numClasses: 2 },
  );
  const optimizer = optimizerOf(learningRate);
  const names = network.parameters.flatMap((_, i) => [0, 1, 2].map((slot) => stateName(i, slot)));
  const key = `discriminator ${width} ${hiddenUnits}`;
  const trainer = await compute.compiled(`${key} training`, () => trainingProgram(network, width));
  const scorer = await compute.compiled(`${key} scores`, () => scoreProgram(network, width));
  const upload = (shape: readonly number[], data: Float32Array): DeviceTensor =>
    engine.upload({ dtype: 'float32', shape, data });
  let state: Record<string, DeviceTensor> = {};
  const scaling = standardization(space, upload);
  return {
    async train(labelled, unlabelled) {
      disposeTensors(state);
      state = {};
      for (const [i, weights] of initialize('pytorch', network.parameters, stream).entries()) {
        const shape = [1, ...(network.parameters[i]?.shape ?? [])];
        state[stateName(i, 0)] = upload(shape, weights);
        for (const slot of [1, 2])
          state[stateName(i, slot)] = upload(shape, new Float32Array(weights.length));
      }
      for (let first = 0; first < steps; first += STEPS_PER_RUN) {
        const numSteps = Math.min(STEPS_PER_RUN, steps - first);
        const batches = new Float32Array(numSteps * BATCH_SIZE * width);
        for (let i = 0; i < numSteps * BATCH_SIZE; i++) {
          const isLabelled = i % BATCH_SIZE < BATCH_SIZE / 2;
          const drawn = stream.integer(isLabelled ? labelled.length : unlabelled.length);
          const row = isLabelled ? labelled[drawn] : space.row(unlabelled[drawn] as number);
          batches.set(row as Float32Array, i * width);
        }
        const coefficients = Array.from({ length: optimizer.numCoefficients }, (_, c) => {
          const data = Float32Array.from(
            { length: numSteps },
            (_, t) => optimizer.schedule(first + t)[c] as number,
          );
          return [`coefficient${c}`, upload([numSteps, 1, 1, 1], data)] as const;
        });
        const inputs = {
          ...{ ...state, batches: upload([numSteps, 1, BATCH_SIZE, width], batches) },
          ...Object.fromEntries(coefficients),
        };
        const results = await trainer.run({ ...inputs, ...scaling });
        disposeTensors(inputs);
        state = Object.fromEntries(names.map((name) => [name, results[name] as DeviceTensor]));
      }
    },
    async score() {
      const scores = new Float64Array(space.numPoints);
      const parameters = Object.fromEntries(
        network.parameters.map((_, i) => [stateName(i, 0), state[stateName(i, 0)] as DeviceTensor]),
      );
      for (const { start, tensor } of space.chunks) {
        const results = await scorer.run({ ...parameters, ...scaling, points: tensor });
        const { scores: part } = results as { scores: DeviceTensor };
        scores.set((await part.read()).data, start);
        part.dispose();
      }
      return scores;
    },
    dispose: () => disposeTensors({ ...state, ...scaling }),
  };
}

const stateName = (parameter: number, slot: number): string => `state${parameter}.${slot}`;

/** The inputs `shift` [1, width], the points' mean, and `scale` [1, 1], 1 over their standard deviation over all features. */
function standardization(
  { numPoints, width, squaredNorms, row }: EuclideanSpace,
  upload: (shape: readonly number[], data: Float32Array) => DeviceTensor,
): Record<string, DeviceTensor> {
  const mean = new Float64Array(width);
  for (let i = 0; i < numPoints; i++) {
    const point = row(i);
    for (let f = 0; f < width; f++) mean[f] = (mean[f] as number) + (point[f] as number) / numPoints;
  }
  const meanSquare = squaredNorms.reduce((sum, value) => sum + value / numPoints, 0);
  const variance = (meanSquare - mean.reduce((sum, value) => sum + value ** 2, 0)) / width;
  // Where all points are the same, their difference to the mean is rounding.
  const scale = variance > 1e-6 * (meanSquare / width) ? 1 / Math.sqrt(variance) : 0;
  return {
    shift: upload([1, width], Float32Array.from(mean)),
    scale: upload([1, 1], Float32Array.of(scale)),
  };
}

function standardized(points: Node, width: number): Node {
  const shift = input('shift', 'float32', [1, width]);
  return mul(sub(points, shift), input('scale', 'float32', [1, 1]));
}

/** Steps of Adam on batches [numSteps, 1, BATCH_SIZE, width], the first half of each labelled. Output: the new state. */
function trainingProgram(network: Network, width: number): Program {
  const optimizer = optimizerOf(1); // The learning rate is among the coefficients.
  const numParameters = network.parameters.length;
  const states = network.parameters.map(({ shape }, i) =>
    [0, 1, 2].map((slot) => input(stateName(i, slot), 'float32', [1, ...shape])),
  );
  const [shift, scale] = [input('shift', 'float32', [1, width]), input('scale', 'float32', [1, 1])];
  const labels = Float32Array.from({ length: 2 * BATCH_SIZE }, (_, i) =>
    Number(i < BATCH_SIZE === (i % 2 === 0)),
  );
  const oneHot = constant(labels, [1, BATCH_SIZE, 2]);
  const weights = constant(new Float32Array(BATCH_SIZE).fill(1 / BATCH_SIZE), [1, BATCH_SIZE]);
  const lossOf = buildLoss({ name: 'cross-entropy', labelSmoothing: 0 }, 2);
  const coefficients = Array.from({ length: optimizer.numCoefficients }, (_, c) =>
    input(`coefficient${c}`, 'float32', ['numSteps', 1, 1, 1]),
  );
  const { carry } = loop({
    numSteps: 'numSteps',
    carry: [0, 1, 2].flatMap((slot) => states.map((slots) => slots[slot] as Node)),
    sequences: [input('batches', 'float32', ['numSteps', 1, BATCH_SIZE, width]), ...coefficients],
    step(carried, [batch, ...stepCoefficients]) {
      const copies = [0, 1, 2].map((slot) => carried.slice(slot * numParameters, (slot + 1) * numParameters));
      const [parameters = [], ...slots] = copies;
      const logits = network.forward(mul(sub(batch as Node, shift), scale), parameters, []);
      const updates = gradients(lossOf(logits, oneHot, weights), parameters).map((gradient, i) =>
        optimizer.update(
          parameters[i] as Node,
          gradient,
          slots.map((slot) => slot[i] as Node),
          stepCoefficients,
        ),
      );
      return {
        carry: [0, 1, 2].flatMap((slot) => updates.map((update) => update[slot] as Node)),
        outputs: [],
      };
    },
  });
  const named = carry.map(
    (node, i) => [stateName(i % numParameters, Math.floor(i / numParameters)), node] as const,
  );
  return program(Object.fromEntries(named));
}

/** Output: scores [numRows] of points [numRows, width]. */
function scoreProgram(network: Network, width: number): Program {
  const points = standardized(input('points', 'float32', ['numRows', width]), width);
  const parameters = network.parameters.map(({ shape }, i) =>
    input(stateName(i, 0), 'float32', [1, ...shape]),
  );
  const logits = network.forward(reshape(points, [1, 'numRows', width]), parameters, []);
  const difference = matMul(logits, constant(Float32Array.of(-1, 1), [2, 1]));
  return program({ scores: reshape(difference, ['numRows']) });
}
