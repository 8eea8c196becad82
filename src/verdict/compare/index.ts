/** Comparison of an old with a new one: results, saved models, detected boxes. */
export {
  type ClassifierComparisonOptions,
  type ClassifierPair,
  type ClassifierScores,
  compareClassifiers,
} from './compareClassifiers.ts';
export {
  compareDetections,
  type DetectorBoxes,
  type DetectorComparisonOptions,
  type DetectorPair,
} from './compareDetections.ts';
export {
  type ComparedCurve,
  type ComparedCurves,
  classifierCurves,
  detectorCurves,
} from './comparedCurves.ts';
export {
  type ComparedModels,
  compareModels,
  type ModelComparisonOptions,
  type ModelFiles,
} from './compareModels.ts';
export {
  compareResults,
  type ResultComparisonOptions,
  type ResultMetric,
  type ResultSide,
} from './compareResults.ts';
export type { DecisionRule } from './decide.ts';
export type { Action, ModelComparison } from './modelComparison.ts';
