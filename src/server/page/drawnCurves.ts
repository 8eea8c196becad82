/** What a chart and its readout share. */
import type { LiveCell } from '../messages.ts';

export interface ChartTexts {
  readonly xTitle: string;
  readonly yTitle: string;
}

/** What the pointer and the keys read off. */
export interface DrawnCurves {
  readonly cells: readonly LiveCell[];
  readonly x: (value: number) => number;
  /** Ends of the plot, in pixels. */
  readonly top: number;
  readonly bottom: number;
}
