/** A check as JSON at full precision, for programs. Its schema is `experiments/check.schema.json`. */
import { cellKeyOf } from '../../analysis/index.ts';
import {
  type CellVerdict,
  type CheckReport,
  checkOutcome,
  type IdentityVerdict,
  type Parting,
  type SpeedVerdict,
} from '../../verdict/checkReport.ts';

/** Raised when a member changes its meaning or goes; new members may come without it. */
const CHECK_VERSION = 1;

/** Members without a value are left out; so is a number that is none (JSON has no infinity). */
export function renderCheckJson(report: CheckReport): string {
  const { name, baseline, metric, margin, alpha, cells, missing, failed, invariants, audit, warnings } =
    report;
  const document = {
    ...{ format: 'querybench-check', version: CHECK_VERSION, name, baseline, outcome: checkOutcome(report) },
    ...{ metric, margin, alpha },
    cells: cells.map(cellOf),
    missing: missing.map((cell) => ({
      ...cellKeyOf(cell),
      missingFrom: cell.missingFrom,
      ...(cell.seeds.length > 0 && { seeds: cell.seeds }),
    })),
    failed: failed.map((trial) => ({ ...cellKeyOf(trial), seed: trial.seed, reason: trial.reason })),
    invariants: invariants.map(({ text, group, outcome, finding }) => ({ text, group, outcome, finding })),
    audit: audit.map((problem) => {
      const { rule, seed, round, finding } = problem;
      return { ...cellKeyOf(problem), rule, seed, round, finding };
    }),
    identity: identityOf(report.identity),
    speed: report.speed?.map(speedOf),
    warnings,
  };
  return `${JSON.stringify(document, withoutInfinities, 1)}\n`;
}

function cellOf(cell: CellVerdict) {
  const { outcome, isIgnored, margin, seeds, baselineMean, currentMean, gains, gain } = cell;
  const { pValue, adjustedPValue, seedsNeeded, baselineCurve, currentCurve } = cell;
  return {
    ...{ ...cellKeyOf(cell), outcome, isIgnored, margin, seeds, baselineMean, currentMean, gains, gain },
    ...{ pValue, adjustedPValue, seedsNeeded, baselineCurve, currentCurve },
  };
}

function identityOf(identity: IdentityVerdict) {
  const { outcome } = identity;
  switch (identity.outcome) {
    case 'equal':
      return { outcome, numTrials: identity.numTrials };
    case 'different': {
      const { numTrials, numDifferent, first } = identity;
      return { outcome, numTrials, numDifferent, first: partingOf(first) };
    }
    case 'not-comparable':
      return { outcome, reasons: identity.reasons };
  }
}

function partingOf(parting: Parting) {
  const { trialId, seed, round, field, baselineValue, currentValue, sample } = parting;
  return { ...cellKeyOf(parting), trialId, seed, round, field, baselineValue, currentValue, sample };
}

function speedOf(verdict: SpeedVerdict) {
  const { phase, outcome, ratio, interval, adjustedPValue } = verdict;
  return { ...cellKeyOf(verdict), phase, outcome, ratio, interval, adjustedPValue };
}

function withoutInfinities(_name: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isFinite(value) ? undefined : value;
}
