/** The registry of charts: a name, what it shows, and how it is made of trials. */
import { aubcDifferences } from './aubcDifferences.ts';
import type { ChartEntry } from './chart.ts';
import { classBalance } from './classBalance.ts';
import { criticalDifference } from './criticalDifference.ts';
import { differenceToBaseline } from './differenceToBaseline.ts';
import { firstPicks } from './firstPicks.ts';
import { gainMatrix } from './gainMatrix.ts';
import { interquartileMean } from './interquartileMean.ts';
import { labelSavings } from './labelSavings.ts';
import { learningCurveGrid } from './learningCurveGrid.ts';
import { learningCurves } from './learningCurves.ts';
import { pairwisePenalty } from './pairwisePenalty.ts';
import { performanceProfile } from './performanceProfile.ts';
import { practicalEquivalence } from './practicalEquivalence.ts';
import { probabilityOfImprovement } from './probabilityOfImprovement.ts';
import { selectionOverlap } from './selectionOverlap.ts';
import { timeBreakdown } from './timeBreakdown.ts';
import { transferMatrix } from './transferMatrix.ts';

/** Explicit: a chart's name is its key. In the order of a report. */
export const charts = {
  'learning-curves': learningCurves,
  'learning-curve-grid': learningCurveGrid,
  'difference-to-baseline': differenceToBaseline,
  'aubc-differences': aubcDifferences,
  'gain-matrix': gainMatrix,
  'transfer-matrix': transferMatrix,
  'label-savings': labelSavings,
  'critical-difference': criticalDifference,
  'pairwise-penalty': pairwisePenalty,
  'interquartile-mean': interquartileMean,
  'probability-of-improvement': probabilityOfImprovement,
  'practical-equivalence': practicalEquivalence,
  'performance-profile': performanceProfile,
  'selection-overlap': selectionOverlap,
  'first-picks': firstPicks,
  'class-balance': classBalance,
  'time-breakdown': timeBreakdown,
} as const satisfies Readonly<Record<string, ChartEntry>>;

export type ChartName = keyof typeof charts;

export type { ChartEntry, ChartInput, ChartOptions, NamedChart, Scheme } from './chart.ts';
export { chartDatasets } from './chartDatasets.ts';
export { type ChartInputOptions, chartInput } from './chartInput.ts';
export { type ChartFilter, filterTrials } from './filterTrials.ts';
export { groupCurves } from './groupCurves.ts';
export type { PublishedPoint } from './publishedPoint.ts';
