/** A line of the table *published / ours / difference / verdict*. */

/** `not reached`: this scale has no such trial, or ends before. */
export type RowVerdict = 'within' | 'outside' | 'not comparable' | 'not reached';

export interface ComparedRow {
  /** What the row speaks of, in words. */
  readonly what: string;
  readonly published: string;
  readonly ours: string;
  readonly difference: string;
  readonly verdict: RowVerdict;
  /** The band's rule. */
  readonly band: string;
  readonly sources: readonly string[];
  readonly remarks: readonly string[];
  /** For programs: the first published value and ours, in the row's own unit; left out where there is none. */
  readonly values?: { readonly published: number; readonly ours: number };
}
