/**
 * What a chart is here. An entry of the registry makes pictures of trials, as many as there is something to compare: pure, and
 * a picture is a Vega-Lite spec with its data. Colours are in the spec's `config` alone, so that light and dark
 * are one spec with two configurations.
 */
import type { TopLevelSpec } from 'vega-lite';
import type { Group, MetricName, Over, PairTest } from '../../analysis/index.ts';
import type { Dataset } from '../../datasets/index.ts';
import type { StoredTrial } from '../../store/record.ts';
import type { StrategyStyles } from '../strategyStyles.ts';
import type { PublishedPoint } from './publishedPoint.ts';

export type Scheme = 'light' | 'dark';

export type ChartConfig = NonNullable<TopLevelSpec['config']>;

export interface ChartOptions {
  /** What curves are over; `labels` if left out. Charts that are about labels only say so in their description. */
  readonly over?: Over;
  /** `accuracy` if left out. */
  readonly metric?: MetricName;
  /** `light` if left out. */
  readonly scheme?: Scheme;
  /** What differences and savings are against; `random` if left out. */
  readonly baseline?: string;
  /** Accuracies to count labels up to; left out, each group has its `defaultTarget`. */
  readonly targets?: readonly number[];
  /** Differences of at most this much are of no practical consequence, in the metric's unit; 0.01 if left out. */
  readonly rope?: number;
  /** How the critical-difference diagram compares pairs; `nemenyi` if left out. */
  readonly pairTest?: PairTest;
  /** Drawn over learning curves of accuracy over labels. */
  readonly published?: readonly PublishedPoint[];
}

/** Made by `chartInput`. */
export interface ChartInput {
  readonly trials: readonly StoredTrial[];
  /** The cells of `trials`, in natural order. */
  readonly groups: readonly Group[];
  /** Of all strategies that the results have, also those that are filtered away. */
  readonly styles: StrategyStyles;
  /** Data sets by `datasetKey`, for charts that show samples; left out, there are none. See `chartDatasets`. */
  readonly datasets?: ReadonlyMap<string, Dataset>;
  readonly options: ChartOptions;
}

export interface NamedChart {
  /** For a file's name or an anchor: lower-case letters, digits, dots, hyphens. Unique among the charts of one entry. */
  readonly name: string;
  /** What it is of: its place among the charts of the same kind. */
  readonly title: string;
  /** What someone who cannot see the picture should know of it. */
  readonly alternativeText: string;
  /** With its data and the configuration of the scheme that was asked for. */
  readonly spec: TopLevelSpec;
  /** `spec.config` for either scheme; nothing else of a spec depends on it. */
  readonly configs: Readonly<Record<Scheme, ChartConfig>>;
}

export interface ChartEntry {
  /** Over a section of a page. */
  readonly title: string;
  /** What is drawn and how to read it, in a sentence or two. */
  readonly description: string;
  /** What results must have for it, as a sentence: what a user is told who finds nothing drawn. */
  readonly needs: string;
  /** It needs `ChartInput.datasets`. */
  readonly showsSamples?: true;
  /** None where there is nothing to draw: no finished trial, nothing to compare with. */
  build(input: ChartInput): NamedChart[];
}
