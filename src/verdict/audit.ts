/**
 * The audit: what every correct run satisfies, whatever it is compared with. Each rule looks at records alone, so
 * that a fault is found also where it was in the baseline already.
 */
import { cellKey, sortTrials } from '../analysis/index.ts';
import type { StoredTrial } from '../store/record.ts';
import { distinctQueries } from './auditRules/distinctQueries.ts';
import type { AuditRule } from './auditRules/finding.ts';
import { pairedAnswers } from './auditRules/pairedAnswers.ts';
import { pairedStart } from './auditRules/pairedStart.ts';
import { plannedGrid } from './auditRules/plannedGrid.ts';
import type { AuditProblem } from './checkReport.ts';

const rules: Readonly<Record<AuditProblem['rule'], AuditRule>> = {
  'paired-start': pairedStart,
  'paired-answers': pairedAnswers,
  'distinct-queries': distinctQueries,
  'planned-grid': plannedGrid,
};

/** By rule, then by cell and seed; of each trial and rule the first problem. Unfinished trials are judged as far as they go. */
export function audit(trials: readonly StoredTrial[]): AuditProblem[] {
  const begun = sortTrials(trials).filter(({ rounds }) => rounds.length > 0);
  return Object.entries(rules).flatMap(([rule, find]) =>
    find(begun).map(({ trial, round, finding }): AuditProblem => {
      const { seed } = trial.header.trial.identity;
      return { ...cellKey(trial), rule: rule as AuditProblem['rule'], seed, round, finding };
    }),
  );
}
