/** What passes from a check's run to its conclusion. */
import type { CheckRules } from '../../experiment/checkRules.ts';
import type { StoredTrial } from '../../store/record.ts';
import type { Baseline } from '../../verdict/baseline.ts';
import type { CheckReport } from '../../verdict/checkReport.ts';

/** What was found, and what it was found in. */
export interface Checked {
  readonly name: string;
  readonly rules: CheckRules;
  readonly trials: readonly StoredTrial[];
  /** Left out, both of them, where there is nothing yet to compare with. */
  readonly before?: Baseline;
  readonly report?: CheckReport;
}
