/**
 * Query models: who chooses the labels that a trial's model is trained on. By default the model itself; where a spec names
 * others, each strategy that looks at a model has a trial with each (Lowell et al., arXiv 1807.04801: acquisition
 * and successor model; Lu et al., arXiv 2306.08954: query- and task-oriented model).
 */
import { canonicalJson } from '../foundation/contentHash.ts';
import { UserError } from '../foundation/userError.ts';
import type { Trial, TrialIdentity } from '../store/record.ts';
import type { StrategyConfig } from '../strategies/strategyConfig.ts';
import type { LabelledModel } from './planModel.ts';
import { isBound, needsOf } from './planStrategy.ts';
import { queriedLabel } from './specAxes.ts';
import type { StrategyComponent } from './specVocabulary.ts';

export interface LabelledStrategy {
  readonly label: string;
  readonly config: StrategyConfig;
}

/** A strategy asked by one model; `config` is missing where that is the trial's own. */
export interface Querier {
  readonly queryModel?: LabelledModel;
  readonly labels: Pick<Trial['labels'], 'strategy' | 'queriedBy'>;
}

interface Registries {
  readonly strategies: Readonly<Record<string, StrategyComponent>>;
  readonly selectors: Readonly<Record<string, StrategyComponent>>;
}

/** Who asks by `strategy` in the trials of `model`. Strategies that look at no model pick the same whoever asks: once. */
export function queriersOf(
  strategy: LabelledStrategy,
  model: LabelledModel,
  {
    queryModel,
    registries,
  }: { readonly queryModel?: readonly LabelledModel[]; readonly registries: Registries },
): readonly Querier[] {
  const own: Querier = { labels: { strategy: strategy.label } };
  if (queryModel === undefined || !looksAtModel(strategy.config, registries)) return [own];
  return queryModel.map((each) =>
    isSame(each, model)
      ? own
      : {
          queryModel: each,
          labels: {
            strategy: queriedLabel(strategy.label, each.label),
            queriedBy: { model: each.label, strategy: strategy.label },
          },
        },
  );
}

/** A user's module may look at anything. */
function looksAtModel(config: StrategyConfig, registries: Registries): boolean {
  if ('module' in config) return true;
  if ('parts' in config) return config.parts.some(({ strategy }) => looksAtModel(strategy, registries));
  return needsOf(config, registries).length > 0 || isBound(config, registries);
}

const isSame = (a: LabelledModel, b: LabelledModel): boolean =>
  canonicalJson(a.config) === canonicalJson(b.config);

/**
 * Throws `UserError("ambiguous-label")` where a strategy is called what another with its query model would be, or where one
 * label stands for two models.
 */
export function checkQueryLabels(
  strategies: readonly LabelledStrategy[],
  models: readonly LabelledModel[],
  queryModels: readonly LabelledModel[],
): void {
  const plain = new Set(strategies.map(({ label }) => label));
  for (const { label } of queryModels) {
    const clash = strategies.find((strategy) => plain.has(queriedLabel(strategy.label, label)));
    if (clash !== undefined)
      throw ambiguous(
        `"${queriedLabel(clash.label, label)}" is a strategy's label, and what "${clash.label}" is called where "${label}" queries`,
      );
  }
  for (const model of models) {
    const twin = queryModels.find(({ label }) => label === model.label);
    if (twin !== undefined && !isSame(twin, model)) {
      throw ambiguous(
        `"${model.label}" of "model" and "${model.label}" of "queryModel" are different models`,
      );
    }
  }
}

function ambiguous(what: string): UserError {
  return new UserError(
    'ambiguous-label',
    `One label must stand for one thing: ${what}. Give one of them another "label".`,
  );
}

/** The trial that would have the query model as its own model: it asks for the same rows. */
export function acquiringIdentity(identity: TrialIdentity): TrialIdentity | undefined {
  const { queryModel, ...shared } = identity;
  return queryModel === undefined ? undefined : { ...shared, model: queryModel };
}
