/** Resolves an entry of the strategy axis, and holds what it asks for against models and data sets. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { DatasetInfo } from '../datasets/index.ts';
import { lookUp } from '../foundation/nearest.ts';
import { UserError } from '../foundation/userError.ts';
import type {
  MixtureConfig,
  ModuleConfig,
  NamedStrategyConfig,
  StrategyConfig,
} from '../strategies/strategyConfig.ts';
import { drops, type LabelledModel, type Presets } from './planModel.ts';
import type { ExperimentSpec } from './spec.ts';
import type { MixtureChoice, PartChoice, StrategyChoice } from './specStrategy.ts';
import type { StrategyComponent } from './specVocabulary.ts';

/** SHA-256 of users' modules by path, as the spec gives it. */
export type ModuleHashes = ReadonlyMap<string, string>;

/** Hashes every strategy module that `spec` names. Throws `UserError("unreadable-file")`. */
export async function readSpecModules(spec: ExperimentSpec): Promise<ModuleHashes> {
  const hashes = new Map<string, string>();
  const parts = spec.strategy.flatMap((choice) => (choice.kind === 'mixture' ? choice.parts : [choice]));
  for (const part of parts) {
    if (part.kind !== 'module') continue;
    const content = await readFile(part.path).catch((error: Error) => {
      throw new UserError(
        'unreadable-file',
        `The strategy ${part.path} must be a module that can be read, and is not: ${error.message}. Correct the path, ` +
          'which is relative to the spec.',
        { cause: error },
      );
    });
    hashes.set(part.path, createHash('sha256').update(content).digest('hex'));
  }
  return hashes;
}

interface Registries {
  readonly strategies: Readonly<Record<string, StrategyComponent>>;
  readonly selectors: Readonly<Record<string, StrategyComponent>>;
  /** From `readSpecModules`. */
  readonly modules?: ModuleHashes;
}

/** `choice` written out, and what charts call it: a bound is called one. */
export function resolveStrategy(
  choice: StrategyChoice,
  context: Registries,
): { readonly label: string; readonly config: StrategyConfig } {
  const config = choice.kind === 'mixture' ? resolveMixture(choice, context) : resolvePart(choice, context);
  return { label: isBound(config, context) ? `${choice.label} (bound)` : choice.label, config };
}

function resolveMixture({ parts, weights }: MixtureChoice, context: Registries): MixtureConfig {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return {
    name: 'mixture',
    version: 1,
    options: {},
    // As fractions, so that weights of another unit make no other trial.
    parts: parts.map((part, i) => ({
      strategy: resolvePart(part, context),
      weight: (weights[i] ?? 0) / total,
    })),
  };
}

/** Whether it, or a part of it, looks at labels that nobody paid for. */
export function isBound(config: StrategyConfig, registries: Pick<Registries, 'strategies'>): boolean {
  return someEntry(config, registries, (entry) => entry.isBound === true);
}

/** Of a user's module nothing is known. */
function someEntry(
  config: StrategyConfig,
  { strategies }: Pick<Registries, 'strategies'>,
  holds: (entry: Registries['strategies'][string]) => boolean,
): boolean {
  if ('module' in config) return false;
  if ('parts' in config) {
    return config.parts.some(({ strategy }) => someEntry(strategy, { strategies }, holds));
  }
  return holds(lookUp('strategy', strategies, config.name));
}

function resolvePart(
  choice: PartChoice,
  { strategies, selectors, modules }: Registries,
): NamedStrategyConfig | ModuleConfig {
  if (choice.kind === 'module') {
    const { path, options, timeout } = choice;
    const sha256 = modules?.get(path);
    if (sha256 === undefined) throw new Error(`The strategy module ${path} was not read before planning`);
    return { name: basename(path), version: 1, options, module: { path, sha256, timeout } };
  }
  const { name, options, selector } = choice;
  const { version } = lookUp('strategy', strategies, name);
  if (selector === undefined) return { name, version, options };
  const chosen = {
    name: selector.name,
    version: lookUp('selector', selectors, selector.name).version,
    options: selector.options,
  };
  return { name, version, options, selector: chosen };
}

/**
 * Throws `UserError("unmet-need")` where the strategy reduces a model's samples and the model has only one prediction:
 * with one sample all disagreement is 0, and the strategy would be a random one under another name. Also where it looks
 * at rows together and a sample is another network for every row: what it says of their labels would then mean nothing.
 */
export function checkNeeds(
  { label, config }: { readonly label: string; readonly config: StrategyConfig },
  model: LabelledModel,
  context: Registries & { readonly presets: Presets },
): void {
  const { samples } = model.config;
  if (samples?.masks === 'per-row' && someEntry(config, context, (entry) => entry.isJoint === true)) {
    throw new UserError(
      'unmet-need',
      `The strategy "${label}" looks at rows together and needs samples that are one network for all of them; those of the model ` +
        `"${model.label}" have masks per row. Give it masks: shared.`,
    );
  }
  if (samples !== undefined || !needsOf(config, context).includes('samples')) return;
  const withDropout = Object.entries(context.presets).filter(([, preset]) =>
    preset.config.layers.some(drops),
  );
  throw new UserError(
    'unmet-need',
    `The strategy "${label}" needs several samples of the model's prediction, and the model "${model.label}" gives one. Give it ` +
      'samples: { kind: ensemble, count: 5 }, which any model can; or { kind: mc-dropout, count: 20 }, which a model with ' +
      `dropout can: ${withDropout.map(([name]) => name).join(', ')}.`,
  );
}

/** A user's module says nothing of its needs: it may look at one sample, too. */
export function needsOf(
  config: StrategyConfig,
  { strategies, selectors }: Omit<Registries, 'modules'>,
): readonly string[] {
  if ('module' in config) return [];
  if ('parts' in config) {
    return config.parts.flatMap(({ strategy }) => needsOf(strategy, { strategies, selectors }));
  }
  const { name, selector } = config;
  const ofSelector = selector === undefined ? [] : lookUp('selector', selectors, selector.name).needs;
  return [...(lookUp('strategy', strategies, name).needs ?? []), ...(ofSelector ?? [])];
}

/** Throws what the entries throw of options that do not fit the data set. */
export function checkStrategyOptions(
  config: StrategyConfig,
  { strategies, selectors }: Registries,
  dataset: DatasetInfo,
): void {
  if ('module' in config) return;
  if ('parts' in config) {
    for (const { strategy } of config.parts)
      checkStrategyOptions(strategy, { strategies, selectors }, dataset);
    return;
  }
  lookUp('strategy', strategies, config.name).checkOptions?.(config.options, dataset);
  const { selector } = config;
  if (selector) lookUp('selector', selectors, selector.name).checkOptions?.(selector.options, dataset);
}
