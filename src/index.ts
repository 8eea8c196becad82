/**
 * The library: everything that the command line does, as functions.
 *
 * Spec → plan → run → records → analysis → report, and records against a baseline → verdict. Every function that can fail for a
 * reason the caller can mend throws `UserError`. `src/papers` is not of it: published experiments are this repository's own.
 */
export * from './analysis/index.ts';
export { type ReadTruth, readBoxTruth, readDetections } from './datasets/boxes/readBoxes.ts';
export {
  type Box,
  type BoxTruth,
  type Dataset,
  type DatasetInfo,
  type DetectedBox,
  datasetInfo,
  datasetNames,
  fetchDataset,
  loadDataset,
  locateDataset,
  type Split,
  type SplitConfig,
  splitDataset,
  type TrueBox,
  verifyDataset,
} from './datasets/index.ts';
export { readMatrix, writeNpy } from './datasets/tables/index.ts';
export { engines } from './engines/index.ts';
export { type OpenModel, openModel } from './engines/onnx/openModel.ts';
export {
  type CheckRules,
  defaultCheckRules,
  type Invariant,
  rulesOf,
  type StrategyException,
} from './experiment/checkRules.ts';
export { estimateSeconds } from './experiment/estimateSeconds.ts';
export { loadPlan, planFrom, vocabulary } from './experiment/loadPlan.ts';
export type { ExperimentPlan, ResolvedSpec } from './experiment/plan.ts';
export type { Reporter, RunStart } from './experiment/reporter.ts';
export { type RunOptions, type RunOutcome, runExperiment } from './experiment/runExperiment.ts';
export { specJsonSchema } from './experiment/specJsonSchema.ts';
export { type UnfinishedTrial, unfinishedTrials } from './experiment/unfinishedTrials.ts';
export { UserError } from './foundation/userError.ts';
export type { Embeddings } from './learner/learner.ts';
export type { SampleChunk } from './learner/samples.ts';
export type { ModelConfig } from './models/modelConfig.ts';
export { presets } from './models/presets.ts';
export { oracles } from './oracles/index.ts';
export { comparisonJsonSchema } from './render/comparison/comparisonSchema.ts';
export * from './render/index.ts';
export { type Duplicate, findDuplicates, normalizeRows } from './selection/embeddingRows.ts';
export {
  readSelectionFiles,
  type SelectionData,
  type SelectionFiles,
} from './selection/readSelectionFiles.ts';
export type { Probabilities, SelectionInput } from './selection/selectionInput.ts';
export { type Selection, type SelectionRequest, selectSamples } from './selection/selectSamples.ts';
export { readStore, type StoredExperiment } from './store/readStore.ts';
export type { Metrics, RoundRecord, StoredTrial, Trial, TrialFooter, TrialHeader } from './store/record.ts';
export { strategies } from './strategies/index.ts';
export { selectors } from './strategies/selectors/index.ts';
export type { Acquisition, Measure, QueryContext, Selector, Strategy } from './strategies/strategy.ts';
export type { StrategyConfig } from './strategies/strategyConfig.ts';
export type { Need, StrategyEntry } from './strategies/strategyEntry.ts';
export type { ModuleContext, StrategyModule, UserStrategy } from './strategies/userModule/strategyModule.ts';
export * from './verdict/compare/index.ts';
export * from './verdict/index.ts';
