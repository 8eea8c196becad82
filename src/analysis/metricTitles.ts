/** What a metric of the records is called on an axis and which way it is better. */
import type { Metrics } from '../store/record.ts';

export type MetricName = keyof Metrics;

export interface MetricTitle {
  /** For an axis or a column, unit included where there is one. */
  readonly title: string;
  readonly better: 'higher' | 'lower';
  /** The values that are possible at all: an interval is never drawn beyond them. */
  readonly range: readonly [number, number];
}

export const metricTitles: Readonly<Record<MetricName, MetricTitle>> = {
  accuracy: { title: 'test accuracy', better: 'higher', range: [0, 1] },
  nll: {
    title: 'test negative log-likelihood (nats)',
    better: 'lower',
    range: [0, Number.POSITIVE_INFINITY],
  },
  macroF1: { title: 'test macro-F1', better: 'higher', range: [0, 1] },
  brier: { title: 'test Brier score', better: 'lower', range: [0, 2] },
  ece: { title: 'test expected calibration error', better: 'lower', range: [0, 1] },
};
