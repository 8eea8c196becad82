/** What a rule of the audit is, and what it finds. */
import type { StoredTrial } from '../../store/record.ts';

export interface Finding {
  readonly trial: StoredTrial;
  readonly round: number;
  /** One sentence: the rule, and the value met. */
  readonly finding: string;
}

/** @param trials in the order of `sortTrials`, with a round each at least */
export type AuditRule = (trials: readonly StoredTrial[]) => Finding[];
