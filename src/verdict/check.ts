/** A run held against a baseline: every key judged, as one report. Pure: records in, report out. */
import { cellKey, sortTrials } from '../analysis/index.ts';
import { type CheckRules, defaultCheckRules } from '../experiment/checkRules.ts';
import { counted } from '../foundation/counted.ts';
import type { StoredTrial } from '../store/record.ts';
import { audit } from './audit.ts';
import type { Baseline } from './baseline.ts';
import { cellId, cellText } from './cellText.ts';
import type { CellVerdict, CheckReport, FailedTrial, MissingCell } from './checkReport.ts';
import { identityKey } from './identityKey.ts';
import { judgeCells } from './judgeCells.ts';
import { judgeInvariants } from './judgeInvariants.ts';
import { baselineCells } from './makeBaseline.ts';
import { matchCells } from './matchCells.ts';
import { fewestForRankTest } from './seedsNeeded.ts';
import { speedKey, speedNotes } from './speedKey.ts';

export interface CheckOptions {
  /** What is compared with, as the report calls it: a file, a git revision. Default: the baseline's name. */
  readonly baselineName?: string;
  /** Both sides were made of one spec, by two states of a program: see `matchCells`. Default: no. */
  readonly isOneSpec?: boolean;
}

/**
 * What is missing on either side is in the report; whether that ends a check is for the caller to say. Throws `UserError`:
 * `other-spec` where cells of the same labels are of different specs, `mixed-cell`, `no-shared-places`.
 */
export function check(
  trials: readonly StoredTrial[],
  baseline: Baseline,
  rules: CheckRules = defaultCheckRules,
  { baselineName = baseline.name, isOneSpec = false }: CheckOptions = {},
): CheckReport {
  const current = baselineCells(trials);
  const failed = failedTrials(trials);
  const { pairs, missing, warnings } = matchCells(baseline.cells, current, { isOneSpec });
  const cells = judgeCells(pairs, rules);
  return {
    ...{ name: baseline.name, baseline: baselineName },
    ...{ metric: rules.metric, margin: rules.margin, alpha: rules.alpha },
    cells,
    missing: withoutFailed(missing, failed, baseline),
    failed,
    invariants: judgeInvariants(current, rules),
    audit: audit(trials),
    identity: identityKey(trials, baseline),
    ...(rules.speed && { speed: speedKey(trials, baseline, rules) }),
    warnings: [
      ...warnings,
      ...tooFewSeeds(cells, rules.alpha),
      ...notNumbers(cells),
      ...speedNotes(trials, baseline, rules),
    ],
  };
}

function failedTrials(trials: readonly StoredTrial[]): FailedTrial[] {
  return sortTrials(trials)
    .filter(({ footer }) => footer?.status === 'failed')
    .map((trial) => ({
      ...cellKey(trial),
      seed: trial.header.trial.identity.seed,
      reason: trial.footer?.reason ?? 'no reason is recorded',
    }));
}

/** A trial that failed is not also missing. */
function withoutFailed(
  missing: readonly MissingCell[],
  failed: readonly FailedTrial[],
  baseline: Baseline,
): MissingCell[] {
  return missing.flatMap((cell): MissingCell[] => {
    const seedsFailed = failed.filter((trial) => cellId(trial) === cellId(cell)).map(({ seed }) => seed);
    if (cell.missingFrom === 'baseline' || seedsFailed.length === 0) return [cell];
    const isWhole = cell.seeds.length === 0;
    const known = baseline.cells.find((each) => cellId(each) === cellId(cell));
    const wanted = isWhole ? (known?.seeds.map(({ seed }) => seed) ?? []) : cell.seeds;
    const seeds = wanted.filter((seed) => !seedsFailed.includes(seed));
    return seeds.length === 0 ? [] : [{ ...cell, seeds }];
  });
}

/** Said once for all cells: no result could have passed the rank test. */
function tooFewSeeds(cells: readonly CellVerdict[], alpha: number): string[] {
  const judged = cells.filter(({ isIgnored }) => !isIgnored);
  const mostSeeds = Math.max(0, ...judged.map(({ seeds }) => seeds.length));
  const needed = fewestForRankTest(alpha, judged.length);
  if (judged.length === 0 || mostSeeds >= needed) return [];
  return [
    `With ${counted(mostSeeds, 'seed')} and ${counted(judged.length, 'cell')} no rank test can reach alpha ${alpha}: nothing can be called regressed or improved. ` +
      `Give every cell at least ${needed} seeds.`,
  ];
}

function notNumbers(cells: readonly CellVerdict[]): string[] {
  return cells
    .filter(({ gain }) => !Number.isFinite(gain.mean))
    .map(
      (cell) => `The metric of ${cellText(cell)} is not a finite number in every round: it cannot be judged.`,
    );
}
