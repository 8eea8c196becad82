/** The registry of charts: a name, what it shows, and how it is made of trials. */
import type { ChartEntry } from './chart.ts';
import { learningCurves } from './learningCurves.ts';
import { selectionOverlap } from './selectionOverlap.ts';

/** Explicit: a chart's name is its key. In the order of a report. */
export const charts = {
  'learning-curves': learningCurves,
  'selection-overlap': selectionOverlap,
} as const satisfies Readonly<Record<string, ChartEntry>>;

export type ChartName = keyof typeof charts;

export type { ChartEntry, ChartInput, ChartOptions, NamedChart, Scheme } from './chart.ts';
export { type ChartFilter, chartInput } from './chartInput.ts';
export { groupCurves } from './groupCurves.ts';
