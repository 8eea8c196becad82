/**
 * The plan: a pure list of the trials that a spec stands for, each with an id that says all that decides its
 * result.
 */
import type { DatasetInfo } from '../datasets/index.ts';
import { lookUp } from '../foundation/nearest.ts';
import type { ComponentConfig, Trial, TrialIdentity } from '../store/record.ts';
import { decisiveConfig, type StrategyConfig } from '../strategies/strategyConfig.ts';
import { budgetOf } from './planBudget.ts';
import { checkAxis, checkScoring } from './planChecks.ts';
import { type LabelledDataset, noSpecData, resolveDataset, type SpecData } from './planDataset.ts';
import { cohortId, trialId, withoutPath } from './planIds.ts';
import {
  checkLayerShapes,
  checkOutputLayer,
  type LabelledModel,
  type Presets,
  resolveModel,
} from './planModel.ts';
import { checkQueryLabels, queriersOf } from './planQueryModel.ts';
import {
  checkNeeds,
  checkStrategyOptions,
  isBound,
  type ModuleHashes,
  resolveStrategy,
} from './planStrategy.ts';
import type { ExperimentSpec } from './spec.ts';
import type { ComponentChoice } from './specAxes.ts';
import type { ModelChoice } from './specModel.ts';
import type { ComponentEntry, StrategyComponent } from './specVocabulary.ts';

/** What the names in a spec stand for. */
export interface PlanContext {
  readonly presets: Presets;
  readonly strategies: Readonly<Record<string, StrategyComponent>>;
  readonly selectors: Readonly<Record<string, StrategyComponent>>;
  readonly oracles: Readonly<Record<string, ComponentEntry>>;
  /** From `readSpecData`; left out where the spec names no file. */
  readonly data?: SpecData;
  /** From `readSpecModules`; left out where the spec names no module. */
  readonly modules?: ModuleHashes;
}

export interface ExperimentPlan {
  readonly name: string;
  readonly engine: string;
  readonly device: string;
  /** Everything written out, presets and defaults too: plain JSON. */
  readonly spec: ResolvedSpec;
  /** Cohorts stand together; seeds vary before sizes, sizes before oracles, models and data sets. */
  readonly trials: readonly Trial[];
}

export interface ResolvedSpec
  extends Omit<ExperimentSpec, 'dataset' | 'model' | 'queryModel' | 'strategy' | 'oracle' | 'training'> {
  readonly dataset: readonly Labelled<TrialIdentity['dataset']>[];
  readonly model: readonly LabelledModel[];
  readonly queryModel?: readonly LabelledModel[];
  readonly strategy: readonly Labelled<StrategyConfig>[];
  readonly oracle: readonly Labelled<ComponentConfig>[];
}

interface Labelled<Config> {
  readonly label: string;
  readonly config: Config;
}

/** Throws `UserError` for all that cannot be run: see `planChecks.ts` and `planModel.ts`. */
export function planExperiment(spec: ExperimentSpec, context: PlanContext): ExperimentPlan {
  const { dataset: datasetChoices, model: modelChoices, queryModel: queryChoices, training, ...rest } = spec;
  const datasets = datasetChoices.map((choice) => resolveDataset(choice, context.data ?? noSpecData));
  const resolve = (choice: ModelChoice) => resolveModel(choice, training, context.presets);
  const model = modelChoices.map(resolve);
  const queryModel = queryChoices?.map(resolve);
  const resolved: ResolvedSpec = {
    ...rest,
    dataset: datasets.map(({ label, config }) => ({ label, config })),
    model,
    ...(queryModel && { queryModel }),
    strategy: spec.strategy.map((choice) => resolveStrategy(choice, context)),
    oracle: spec.oracle.map((choice) => resolveOracle(choice, context.oracles)),
  };
  const decisive = resolved.dataset.map(({ label, config }) => ({ label, config: withoutPath(config) }));
  checkAxis('dataset', decisive);
  checkAxis(
    'strategy',
    resolved.strategy.map(({ label, config }) => ({ label, config: decisiveConfig(config) })),
  );
  for (const axis of ['model', 'oracle'] as const) checkAxis(axis, resolved[axis]);
  if (queryModel !== undefined) {
    checkAxis('queryModel', queryModel);
    checkQueryLabels(resolved.strategy, model, queryModel);
  }
  for (const each of queryModel ?? model) {
    for (const strategy of resolved.strategy) checkNeeds(strategy, each, context);
  }
  checkScoring(spec);
  const trials = datasets.flatMap((dataset) => {
    for (const each of [...model, ...(queryModel ?? [])]) {
      checkOutputLayer(each, dataset.label, dataset.info.numClasses);
      checkLayerShapes(each, dataset.label, dataset.info);
    }
    for (const { config } of resolved.strategy) checkStrategyOptions(config, context, dataset.info);
    checkOracleOptions(resolved.oracle, context.oracles, dataset.info);
    return trialsOf(dataset, resolved, context);
  });
  return { name: spec.name, engine: spec.engine, device: spec.device, spec: resolved, trials };
}

function resolveOracle(
  { name, label, options }: ComponentChoice,
  registry: Readonly<Record<string, ComponentEntry>>,
): Labelled<ComponentConfig> {
  return { label, config: { name, version: lookUp('oracle', registry, name).version, options } };
}

function checkOracleOptions(
  entries: readonly Labelled<ComponentConfig>[],
  registry: Readonly<Record<string, ComponentEntry>>,
  dataset: DatasetInfo,
): void {
  for (const { config } of entries) {
    lookUp('oracle', registry, config.name).checkOptions?.(config.options, dataset);
  }
}

/** The cartesian product of all axes but the data sets, strategies innermost. */
function trialsOf(dataset: LabelledDataset, spec: ResolvedSpec, context: PlanContext): readonly Trial[] {
  const trials: Trial[] = [];
  for (const model of spec.model) {
    for (const oracle of spec.oracle) {
      const { name, options } = oracle.config;
      const minimumCost = lookUp('oracle', context.oracles, name).minimumCost?.(options) ?? 1;
      for (const initialPoolSize of spec.initialPoolSize) {
        for (const queryBatchSize of spec.queryBatchSize) {
          for (const seed of spec.seed) {
            const budget = budgetOf(spec.length, {
              ...{ dataset, model, minimumCost, initialPoolSize, queryBatchSize, seed },
              ...(spec.queryModel && { queryModel: spec.queryModel }),
            });
            const shared = {
              ...{ dataset: dataset.config, model: model.config, oracle: oracle.config },
              ...{ initialPoolSize, queryBatchSize, ...budget, seed },
              ...(spec.scoring && { scoring: spec.scoring }),
            };
            const labels = { dataset: dataset.label, model: model.label, oracle: oracle.label };
            for (const strategy of spec.strategy) {
              for (const querier of queriersOf(strategy, model, { ...spec, registries: context })) {
                const identity: TrialIdentity = {
                  ...{ ...shared, strategy: strategy.config },
                  ...(querier.queryModel && { queryModel: querier.queryModel.config }),
                };
                trials.push({
                  ...{ id: trialId(identity), cohort: cohortId(identity) },
                  ...{ labels: { ...labels, ...querier.labels }, identity },
                  ...(isBound(strategy.config, context) && { isBound: true }),
                });
              }
            }
          }
        }
      }
    }
  }
  return trials;
}
