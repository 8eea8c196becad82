/** The learner's two programs, written over a leading replica axis: a run of training steps, and prediction. */
import { clipNorm } from '../models/clipNorm.ts';
import { imageShapeOf } from '../models/imageShape.ts';
import { buildLoss, l2Penalty } from '../models/loss.ts';
import type { TrainingConfig } from '../models/modelConfig.ts';
import type { Network } from '../models/network.ts';
import type { Optimizer } from '../models/optimizer.ts';
import { gradients } from '../tensor/gradients.ts';
import { loop } from '../tensor/loop.ts';
import type { Node } from '../tensor/node.ts';
import {
  add,
  argMax,
  cast,
  gather,
  identityMatrix,
  input,
  logSoftmax,
  mul,
  reduceSum,
  reshape,
  scalar,
} from '../tensor/ops.ts';
import { type Program, program } from '../tensor/program.ts';
import { numElements } from '../tensor/shape.ts';
import { augment, augmentationNames } from './augmentation.ts';
import { layOutState, stateInputs, stateName } from './trainingState.ts';

export interface ProgramDefinition {
  readonly network: Network;
  readonly numReplicas: number;
  /** Rows in the resident feature matrix. */
  readonly numSamples: number;
  readonly sampleShape: readonly number[];
  /** How features are stored. Left out: as bytes. */
  readonly featureType?: 'uint8' | 'float32';
  /** From a stored value to the network's input: value * scale + shift. */
  readonly normalization: { readonly scale: number; readonly shift: number };
}

export { stateName };
export const maskName = (index: number): string => `mask${index}`;
export const coefficientName = (index: number): string => `coefficient${index}`;

/**
 * Training: `numSteps` minibatches of `batchSize` rows, forward, backward and update, in one program.
 *
 * Inputs: features [numSamples, numFeatures] bytes · indices [numSteps, numReplicas, batchSize] rows · targets, same
 * shape, their classes · weights, same shape, of each row in the minibatch's loss (0: padding) · coefficients [numSteps,
 * numReplicas, 1, 1] of the optimiser · l2 [numSteps, numReplicas, 1, 1] if there is any · masks [numSteps, numReplicas,
 * batchSize, …] bytes · the choices of `augmentationNames`, if there is any · state. Outputs: the new state, losses [numSteps,
 * numReplicas, 1, 1] and, for the rule that looks at them, accuracies of the same shape.
 */
export function trainingProgram(
  definition: ProgramDefinition,
  optimizer: Optimizer,
  training: Pick<TrainingConfig, 'l2' | 'loss' | 'clipNorm' | 'augmentation'> &
    Partial<Pick<TrainingConfig, 'stop'>>,
): Program {
  const { network, numReplicas } = definition;
  const hasL2 = training.l2.strength > 0;
  const countsRight = training.stop?.rule === 'running-accuracy';
  const lossOf = buildLoss(training.loss ?? { name: 'cross-entropy', labelSmoothing: 0 }, network.numClasses);
  const features = featureInput(definition);
  const perStep = ['numSteps', numReplicas] as const;
  const coefficients = Array.from({ length: optimizer.numCoefficients }, (_, i) =>
    input(coefficientName(i), 'float32', [...perStep, 1, 1]),
  );
  const masks = network.masks.map(({ shape }, i) =>
    input(maskName(i), 'uint8', [...perStep, 'batchSize', ...shape]),
  );
  const { augmentation } = training;
  const choices = augmentation
    ? augmentationNames.map((name) => input(name, 'int32', [...perStep, 'batchSize']))
    : [];
  const sequences = [
    input('indices', 'int32', [...perStep, 'batchSize']),
    input('targets', 'int32', [...perStep, 'batchSize']),
    input('weights', 'float32', [...perStep, 'batchSize']),
    ...(hasL2 ? [input('l2', 'float32', [...perStep, 1, 1])] : []),
    ...coefficients,
    ...choices,
    ...masks,
  ];
  const layout = layOutState(network, optimizer, numReplicas);
  const { carry, outputs } = loop({
    numSteps: 'numSteps',
    carry: layout.pack(stateInputs(network, numReplicas, optimizer.numSlots)),
    sequences,
    step(carried, [indices, targets, weights, ...rest]) {
      if (!indices || !targets || !weights) throw new Error('A step needs indices, targets and weights.');
      const [l2] = hasL2 ? rest.splice(0, 1) : [];
      const stepCoefficients = rest.splice(0, coefficients.length);
      const parameters = layout.parameters(carried);
      const [rowChoices, columnChoices] = rest.splice(0, choices.length);
      const augmented = (images: Node): Node =>
        augmentation && rowChoices && columnChoices
          ? augment(images, [rowChoices, columnChoices], augmentation, imageShapeOf(definition.sampleShape))
          : images;
      const x = minibatch(features, indices, definition, augmented);
      const { output, statistics } = network.train(x, parameters, { masks: rest, rowWeights: weights });
      const oneHotLabels = gather(identityMatrix(network.numClasses), targets);
      const dataLoss = lossOf(output, oneHotLabels, weights);
      const penalised = parameters.filter((_, i) => network.parameters[i]?.isPenalised);
      const loss = l2 === undefined ? dataLoss : add(dataLoss, l2Penalty(penalised, l2));
      const raw = gradients(loss, layout.trained(parameters));
      const clipped = training.clipNorm === undefined ? raw : clipNorm(raw, training.clipNorm);
      const update = { gradients: clipped, statistics, coefficients: stepCoefficients };
      const accuracies = countsRight ? [weightedAccuracy(output, oneHotLabels, weights)] : [];
      return { carry: layout.update(carried, update), outputs: [loss, ...accuracies] };
    },
  });
  const named = layout.unpack(carry).map((node, i) => [stateName(i), node] as const);
  const [losses, accuracies] = outputs;
  return program({
    ...Object.fromEntries(named),
    losses: losses as Node,
    ...(accuracies && { accuracies }),
  });
}

/** [numReplicas, 1, 1]: the sum of `weights` [numReplicas, batchSize] of the rows whose largest logit is their label's. */
function weightedAccuracy(logits: Node, oneHotLabels: Node, weights: Node): Node {
  const numClasses = logits.shape.at(-1) as number;
  const predicted = gather(identityMatrix(numClasses), argMax(logits));
  const isRight = reduceSum(mul(predicted, oneHotLabels), [2]); // [numReplicas, batchSize, 1]
  return reduceSum(mul(isRight, reshape(weights, isRight.shape)), [1]);
}

/**
 * Prediction. Inputs: features · indices [numReplicas, batchSize] · parameters as `state0`, ….
 * Output: logProbabilities [numReplicas, batchSize, numClasses].
 */
export function predictionProgram(definition: ProgramDefinition): Program {
  const { network, numReplicas } = definition;
  const indices = input('indices', 'int32', [numReplicas, 'batchSize']);
  const x = minibatch(featureInput(definition), indices, definition);
  const parameters = stateInputs(network, numReplicas, 0);
  return program({ logProbabilities: logSoftmax(network.forward(x, parameters, [])) });
}

export function featureInput({ numSamples, sampleShape, featureType = 'uint8' }: ProgramDefinition): Node {
  return input('features', featureType, [numSamples, numElements(sampleShape)]);
}

/** Rows gathered as they are stored, changed, and normalised after: a resident matrix of bytes stays at one byte per feature. */
export function minibatch(
  features: Node,
  indices: Node,
  { sampleShape, normalization }: ProgramDefinition,
  change: (rows: Node) => Node = (rows) => rows,
): Node {
  const rows = gather(features, indices);
  const floats = change(rows.dtype === 'float32' ? rows : cast(rows, 'float32'));
  const scaled = normalization.scale === 1 ? floats : mul(floats, scalar(normalization.scale));
  const x = normalization.shift === 0 ? scaled : add(scaled, scalar(normalization.shift));
  return sampleShape.length === 1 ? x : reshape(x, [...indices.shape, numElements(sampleShape)]);
}
