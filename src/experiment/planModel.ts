/** Resolves an entry of the model axis: its preset, under the spec's training, under its own. */
import { UserError } from '../foundation/userError.ts';
import type {
  LayerConfig,
  ModelConfig,
  OptimizerConfig,
  StopConfig,
  TrainingConfig,
} from '../models/modelConfig.ts';
import { defaultTraining } from '../models/presets.ts';
import type { ModelChoice } from './specModel.ts';
import { keyProblem } from './specProblems.ts';
import { optimizerDefaults, stopDefaults, type TrainingPatch } from './specTraining.ts';

export interface LabelledModel {
  readonly label: string;
  readonly config: ModelConfig;
}

export type Presets = Readonly<Record<string, { readonly config: ModelConfig }>>;

/**
 * The whole recipe of `choice`. Throws `UserError("bad-training")` where a change does not fit the optimizer
 * or stop rule that it is laid over.
 */
export function resolveModel(choice: ModelChoice, training: TrainingPatch, presets: Presets): LabelledModel {
  const base = choice.preset === undefined ? undefined : presets[choice.preset]?.config;
  const label = choice.label ?? choice.preset ?? '';
  const merge = (under: TrainingConfig, patch: TrainingPatch) => mergeTraining(under, patch, label);
  return {
    label,
    config: {
      layers: choice.layers ?? base?.layers ?? [],
      initializer: choice.initializer ?? base?.initializer ?? 'he',
      training: merge(merge(base?.training ?? defaultTraining, training), choice.training ?? {}),
    },
  };
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

function nameLayer(layer: LayerConfig | undefined): string {
  if (layer === undefined) return 'missing';
  return layer.type === 'dense' ? `dense with ${layer.units} units` : layer.type;
}

/**
 * Lays `patch` over `base`; another optimizer or stop rule replaces the base's whole, completed by its
 * defaults.
 */
function mergeTraining(base: TrainingConfig, patch: TrainingPatch, label: string): TrainingConfig {
  const { optimizer = {}, l2 = {}, stop = {}, ...plain } = patch;
  const { optimizer: baseOptimizer, stop: baseStop } = base;
  const sameOptimizer = (optimizer.name ?? baseOptimizer.name) === baseOptimizer.name;
  const sameStop = (stop.rule ?? baseStop.rule) === baseStop.rule;
  const optimizerBelow = sameOptimizer
    ? baseOptimizer
    : optimizerDefaults[optimizer.name ?? baseOptimizer.name];
  const stopBelow = sameStop ? baseStop : stopDefaults[stop.rule ?? baseStop.rule];
  return {
    ...base,
    ...plain,
    optimizer: overlay<OptimizerConfig>(
      optimizerBelow,
      optimizer,
      `optimizer of "${label}", ${optimizerBelow.name}`,
    ),
    l2: { ...base.l2, ...l2 },
    stop: overlay<StopConfig>(stopBelow, stop, `stop rule of "${label}", ${stopBelow.rule}`),
  };
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
