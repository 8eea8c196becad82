/** What others published, as charts take it. */
import type { GroupKey } from '../../analysis/index.ts';

/** A point of a curve that is not ours. */
export interface PublishedPoint {
  readonly strategy: string;
  /** Of which group's curve; what is left out may be any. */
  readonly where?: { readonly [Key in keyof GroupKey]?: GroupKey[Key] | undefined };
  /** Labels in total, the initial pool included. */
  readonly numLabels: number;
  readonly accuracy: number;
  /** Range of the accuracy. */
  readonly low?: number;
  readonly high?: number;
  /** Range of the labels. */
  readonly from?: number;
  readonly to?: number;
  /** Who published it: a series of the chart, told apart by its shape. */
  readonly source: string;
  /** What a pointer is told. */
  readonly note: string;
}
