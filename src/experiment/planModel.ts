/** Resolves an entry of the model axis: its preset, under the spec's training, under its own. */
import type { DatasetInfo } from '../datasets/dataset.ts';
import { UserError } from '../foundation/userError.ts';
import { imageShapeOf, isImage } from '../models/imageShape.ts';
import { embeddingPosition, withoutNames } from '../models/layerNames.ts';
import type {
  LayerConfig,
  ModelConfig,
  OptimizerConfig,
  StopConfig,
  TrainingConfig,
} from '../models/modelConfig.ts';
import { buildNetwork, type Network } from '../models/network.ts';
import { defaultTraining } from '../models/presets.ts';
import { showShape } from '../tensor/shape.ts';
import type { ModelChoice } from './specModel.ts';
import { keyProblem } from './specProblems.ts';
import {
  augmentationDefaults,
  lossDefaults,
  optimizerDefaults,
  scheduleDefaults,
  stopDefaults,
  type TrainingPatch,
} from './specTraining.ts';

export interface LabelledModel {
  readonly label: string;
  readonly config: ModelConfig;
}

export type Presets = Readonly<Record<string, { readonly config: ModelConfig }>>;

/**
 * The whole recipe of `choice`. Throws `UserError("bad-training")` where a change does not fit the optimizer
 * or stop rule that it is laid over, `no-dropout` where masks are to be sampled and there are none, and
 * `unknown-name` or `duplicate-name` where the embedding is no layer's output.
 */
export function resolveModel(choice: ModelChoice, training: TrainingPatch, presets: Presets): LabelledModel {
  const base = choice.preset === undefined ? undefined : presets[choice.preset]?.config;
  const label = choice.label ?? choice.preset ?? '';
  const merge = (under: TrainingConfig, patch: TrainingPatch) => mergeTraining(under, patch, label);
  const layers = choice.layers ?? base?.layers ?? [];
  const embedding = choice.embedding && embeddingPosition(layers, choice.embedding, label);
  const config: ModelConfig = {
    layers: withoutNames(layers),
    initializer: choice.initializer ?? base?.initializer ?? 'he',
    training: merge(merge(base?.training ?? defaultTraining, training), choice.training ?? {}),
    ...(choice.samples && { samples: choice.samples }),
    ...(embedding !== undefined && { embedding }),
  };
  checkSamples(label, config);
  return { label, config };
}

function checkSamples(label: string, { layers, samples }: ModelConfig): void {
  if (samples?.kind !== 'mc-dropout' || layers.some(drops)) return;
  throw new UserError(
    'no-dropout',
    `Sampling by mc-dropout needs a dropout layer of a rate above 0, and the model "${label}" has none. ` +
      'Add "dropout: 0.5" to its layers, take a preset that has it, such as mlp-dropout, or let "kind" be ensemble.',
  );
}

/** Whether a mask changes what the layer gives. */
export function drops(layer: LayerConfig): boolean {
  if (layer.type === 'residual') return layer.layers.some(drops);
  return (layer.type === 'dropout' || layer.type === 'dropout2d') && layer.rate > 0;
}

/**
 * Throws `UserError("layer-shape")` where a layer does not fit the samples of `dataset` or what the layers before it
 * make of them, and `bad-training` where augmentation does not fit the samples or an L2 penalty counts no layer.
 */
export function checkLayerShapes(
  { label, config }: LabelledModel,
  dataset: string,
  info: Pick<DatasetInfo, 'sampleShape' | 'numClasses'>,
): void {
  checkAugmentation(label, config, dataset, info);
  let network: Network;
  try {
    network = buildNetwork(config.layers, info);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw new UserError(error.code, `The model "${label}" does not fit ${dataset}. ${error.message}`);
  }
  if (config.training.l2.strength === 0 || network.parameters.some(({ isPenalised }) => isPenalised)) return;
  throw new UserError(
    'bad-training',
    `An L2 penalty counts the weights of some layer, and every layer of the model "${label}" says "l2: false". ` +
      'Take that from one, or let the penalty have strength 0.',
  );
}

/**
 * Throws `UserError("bad-layers")` where the layers do not end in one output per class, dropout on logits
 * aside.
 */
export function checkOutputLayer(
  { label, config }: LabelledModel,
  dataset: string,
  numClasses: number,
): void {
  const last = config.layers.findLast(({ type }) => type !== 'dropout');
  if (last?.type === 'dense' && (last.units === 'numClasses' || last.units === numClasses)) return;
  throw new UserError(
    'bad-layers',
    `A model ends in a dense layer with one unit per class, and the last layer of "${label}" is ${nameLayer(last)} ` +
      `where ${dataset} has ${numClasses} classes. End its layers with "dense: numClasses".`,
  );
}

/** Crops and mirror images need an image larger than the padding. */
function checkAugmentation(
  label: string,
  { training: { augmentation } }: ModelConfig,
  dataset: string,
  { sampleShape }: Pick<DatasetInfo, 'sampleShape'>,
): void {
  if (augmentation === undefined) return;
  if (!isImage(sampleShape)) {
    throw new UserError(
      'bad-training',
      `Augmentation crops and mirrors images, and the samples of ${dataset} have the shape ${showShape(sampleShape)}. ` +
        `Give the model "${label}" the training { augmentation: { cropPadding: 0 } }, or the data set a shape.`,
    );
  }
  const [, height, width] = imageShapeOf(sampleShape);
  if (augmentation.cropPadding < Math.min(height, width)) return;
  throw new UserError(
    'bad-training',
    `An image of ${height} × ${width} can be moved by less than its size; the cropPadding of the model "${label}" is ` +
      `${augmentation.cropPadding}. Take a smaller one.`,
  );
}

function nameLayer(layer: LayerConfig | undefined): string {
  if (layer === undefined) return 'missing';
  return layer.type === 'dense' ? `dense with ${layer.units} units` : layer.type;
}

/**
 * Lays `patch` over `base`; another optimizer or stop rule replaces the base's whole, completed by its
 * defaults.
 */
function mergeTraining(base: TrainingConfig, patch: TrainingPatch, label: string): TrainingConfig {
  const { optimizer = {}, l2 = {}, stop = {}, loss, schedule, augmentation, ...plain } = patch;
  const { optimizer: baseOptimizer, stop: baseStop, augmentation: baseAugmentation, ...below } = base;
  const sameOptimizer = (optimizer.name ?? baseOptimizer.name) === baseOptimizer.name;
  const sameStop = (stop.rule ?? baseStop.rule) === baseStop.rule;
  const optimizerBelow = sameOptimizer
    ? baseOptimizer
    : optimizerDefaults[optimizer.name ?? baseOptimizer.name];
  const stopBelow = sameStop ? baseStop : stopDefaults[stop.rule ?? baseStop.rule];
  const changes = augmentation ? completed(augmentationDefaults, augmentation) : baseAugmentation;
  return {
    ...below,
    ...plain,
    optimizer: overlay<OptimizerConfig>(
      optimizerBelow,
      optimizer,
      `optimizer of "${label}", ${optimizerBelow.name}`,
    ),
    l2: { ...base.l2, ...l2 },
    ...(loss && { loss: completed(lossDefaults[loss.name], loss) }),
    // One that changes nothing is none: it is how a preset's is switched off.
    ...(changes && (changes.cropPadding > 0 || changes.horizontalFlip) && { augmentation: changes }),
    ...(schedule && { schedule: completed(scheduleDefaults[schedule.name], schedule) }),
    stop: overlay<StopConfig>(stopBelow, stop, `stop rule of "${label}", ${stopBelow.rule}`),
  };
}

/** `patch`, whose keys were checked against `defaults`, completed by them. */
function completed<Config extends object>(defaults: Config, patch: object): Config {
  return { ...defaults, ...patch };
}

/** `patch` over `base`, which has every key that its kind knows. */
function overlay<Config extends object>(base: Config, patch: object, owner: string): Config {
  const known = Object.keys(base);
  const foreign = Object.keys(patch).find((key) => !known.includes(key));
  if (foreign === undefined) return { ...base, ...patch };
  throw new UserError(
    'bad-training',
    `The training's "${foreign}" ${keyProblem(foreign, known, `is no option of the ${owner}`)}. ` +
      'Correct it, or name the optimizer or stop rule that it belongs to.',
  );
}
