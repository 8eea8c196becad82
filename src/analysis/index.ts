/** From records to numbers: pure functions, no files, no charts. */
export { type Analysis, analyse, type GroupAnalysis, type StrategyResult } from './analyse.ts';
export { aubc } from './aubc.ts';
export {
  type BesideCell,
  type BesideModel,
  type BesideNumbers,
  besideModels,
  besideRival,
  type RivalMetric,
  type RivalRound,
  type RivalRun,
} from './besideRival.ts';
export { cautions } from './cautions.ts';
export {
  type CellCurve,
  type CellCurvePoint,
  type CurveOptions,
  cellCurve,
  countSeeds,
  type SeedCurve,
  type SeedCurves,
  seedCurves,
} from './cellCurve.ts';
export {
  type Cell,
  type CellKey,
  cellKey,
  cellKeyOf,
  cells,
  type Group,
  type GroupKey,
  groups,
  sortTrials,
  trialStatus,
} from './cells.ts';
export { type ClassBalance, classBalance, type StrategyBalance } from './classBalance.ts';
export {
  type ClassAverage,
  type ClassificationMetric,
  type ClassificationMetricEntry,
  classificationMetrics,
  type MetricTarget,
} from './classification/classificationMetrics.ts';
export { type PrecisionCurve, precisionCurves } from './classification/precisionAtRecalls.ts';
export {
  type PrecisionRecallCurve,
  precisionRecallCurve,
} from './classification/precisionRecall.ts';
export { type RankedItems, rankClass } from './classification/rankedItems.ts';
export type { RowScores, WeightedStatistic } from './classification/rowScores.ts';
export {
  type BaselineOptions,
  type Comparison,
  type ComparisonOptions,
  type ComparisonVerdict,
  compareWithBaseline,
} from './comparison.ts';
export { type CurveAxis, curveAxis, sharedGrid } from './curveAxis.ts';
export { BASELINE_STRATEGY, type DefaultTarget, defaultTarget } from './defaultTarget.ts';
export {
  boxAveragePrecision,
  COCO_RECALLS,
  type MatchedClass,
  matchDetections,
  meanBoxAveragePrecision,
  precisionAtCocoRecalls,
} from './detection/boxAveragePrecision.ts';
export { type DifferenceCurve, type DifferenceOptions, differenceCurves } from './differenceCurves.ts';
export { type Estimate, estimate, type Interval, meanOf } from './estimate.ts';
export { type Condition, type GainMatrix, gainMatrices } from './gainMatrix.ts';
export { type AxisName, type GroupAxis, groupAxes, varyingAxes } from './groupAxes.ts';
export { groupName } from './groupName.ts';
export { type LabelSavings, labelSavings } from './labelSavings.ts';
export {
  type LabelsNeeded,
  type LabelsToTarget,
  labelsToTarget,
  medianLabelsToTarget,
} from './labelsToTarget.ts';
export { type CurvePoint, learningCurve, valueAt } from './learningCurve.ts';
export { mergeEnvironments } from './mergeEnvironments.ts';
export { type MetricName, type MetricTitle, metricTitles } from './metricTitles.ts';
export { naturalOrder, naturalOrderOfAll } from './naturalOrder.ts';
export { type PairedCurves, pairCurves } from './pairedCurves.ts';
export { type PenaltyMatrix, type PenaltyOptions, pairwisePenalty } from './pairwisePenalty.ts';
export {
  type PracticalOptions,
  practicalEquivalence,
  type StrategyPracticalComparison,
} from './practicalEquivalence.ts';
export { type PairTest, type RankedStrategy, type Ranking, type RankingOptions, ranking } from './ranking.ts';
export {
  improvements,
  interquartileMeans,
  type RobustScore,
  type ScoreProfile,
  type ScoreProfiles,
  scoreProfiles,
} from './robustScores.ts';
export {
  type DroppedBlock,
  droppedText,
  orientation,
  orientedTasks,
  type ScoreBlock,
  type ScoreBlocks,
  type ScoreName,
  type ScoreOptions,
  scoreBlocks,
} from './scoreBlocks.ts';
export { type PairOverlap, type SelectionOverlap, selectionOverlap } from './selectionOverlap.ts';
export { type Over, spendings, spentByRound } from './spending.ts';
export { type PairedBootstrapOptions, pairedBootstrap } from './statistics/pairedBootstrap.ts';
export { studentProbability, studentQuantile } from './studentQuantile.ts';
export {
  type PhaseSeconds,
  type SummariseOptions,
  type SummaryRow,
  summarise,
  summariseGroup,
} from './summarise.ts';
export {
  type TransferCell,
  type TransferMatrix,
  transferMatrices,
} from './transferMatrix.ts';
