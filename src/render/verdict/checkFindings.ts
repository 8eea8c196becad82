/** Everything a check found, one finding each in words: what annotations, test cases and lists are made of. */
import { metricTitles } from '../../analysis/index.ts';
import { counted } from '../../foundation/counted.ts';
import { ranges } from '../../foundation/ranges.ts';
import type { CheckReport, InvariantVerdict, Parting } from '../../verdict/checkReport.ts';
import type { CellNames } from './cellNames.ts';
import {
  cellWeight,
  gainText,
  meansText,
  outcomeText,
  pText,
  ratioText,
  seedsText,
  type Weight,
  weightOf,
} from './verdictText.ts';

export type CheckPart =
  | 'cell'
  | 'invariant'
  | 'audit'
  | 'identity'
  | 'speed'
  | 'missing'
  | 'failed'
  | 'warning';

export interface CheckFinding {
  readonly part: CheckPart;
  readonly weight: Weight;
  /** What it is about, unique within its part up to repeated findings; of others' labels, so not to be trusted. */
  readonly subject: string;
  /** In a word or two: `regressed`, `broken`. */
  readonly outcome: string;
  /** Whole sentences; not to be trusted either. */
  readonly text: string;
}

const ruleTitles = {
  'paired-start': 'paired start',
  'paired-answers': 'paired answers',
  'distinct-queries': 'distinct queries',
  'planned-grid': 'planned grid',
} as const;

/** Worst parts first: failed trials, cells, invariants, audit, identity, speed, missing, warnings; each in the report's order. */
export function checkFindings(report: CheckReport, names: CellNames): readonly CheckFinding[] {
  return [
    ...failedFindings(report, names),
    ...cellFindings(report, names),
    ...report.invariants.map(invariantFinding),
    ...auditFindings(report, names),
    identityFinding(report, names),
    ...speedFindings(report, names),
    ...missingFindings(report, names),
    ...report.warnings.map((text) => finding('warning', 'note', 'warning', 'warning', text)),
  ];
}

function cellFindings({ cells, metric }: CheckReport, names: CellNames): CheckFinding[] {
  const what = `mean AUBC (${metricTitles[metric].title})`;
  return cells.map((cell) => {
    const seeds = `${seedsText(cell)} ${cell.seeds.length === 1 && !cell.seedsNeeded ? 'seed' : 'seeds'}`;
    const text =
      `${what} ${meansText(cell)}, gain ${gainText(cell)}, margin ${cell.margin}, adjusted p ` +
      `${pText(cell.adjustedPValue)}, ${seeds}.`;
    return finding('cell', cellWeight(cell), names.full(cell), outcomeText(cell), capitalised(text));
  });
}

function invariantFinding({ text, group, outcome, finding: measured }: InvariantVerdict): CheckFinding {
  const weight = { holds: 'same', broken: 'bad', inconclusive: 'unsure' } as const;
  return finding('invariant', weight[outcome], `${text} (${group})`, outcome, measured);
}

function auditFindings({ audit }: CheckReport, names: CellNames): CheckFinding[] {
  return audit.map(({ rule, seed, round, finding: text, ...key }) =>
    finding(
      'audit',
      'bad',
      `${names.full(key)}, seed ${seed}, round ${round}`,
      `breaks ${ruleTitles[rule]}`,
      text,
    ),
  );
}

function identityFinding({ identity }: CheckReport, names: CellNames): CheckFinding {
  const subject = 'records';
  if (identity.outcome === 'not-comparable') {
    const text = `Not compared bit by bit: ${identity.reasons.join('; ')}.`;
    return finding('identity', 'note', subject, 'not comparable', text);
  }
  const trials = counted(identity.numTrials, 'trial');
  if (identity.outcome === 'equal') {
    const text = `Records of ${trials} are equal to the baseline's to the last bit.`;
    return finding('identity', 'same', subject, 'equal', text);
  }
  const text =
    `Records of ${identity.numDifferent} of ${trials} differ from the baseline's, though engine, versions and CPU ` +
    `are the same. They first part in ${partingText(identity.first, names)}`;
  return finding('identity', 'bad', subject, 'different', text);
}

function partingText(parting: Parting, names: CellNames): string {
  const { trialId, seed, round, field, baselineValue, currentValue, sample } = parting;
  const place = `trial ${trialId} (${names.full(parting)}, seed ${seed}), round ${round}, ${field}`;
  const values = `${place}: ${baselineValue} before, ${currentValue} now.`;
  if (sample === undefined) return values;
  const row = (value: number | undefined) => (value === undefined ? 'no row' : `row ${value}`);
  return `${values} Query ${sample.position}: ${row(sample.baselineRow)} before, ${row(sample.currentRow)} now.`;
}

function speedFindings({ speed = [] }: CheckReport, names: CellNames): CheckFinding[] {
  const words = { ...{ regressed: 'slower', improved: 'faster' }, unchanged: 'as fast' } as const;
  return speed.map((verdict) => {
    const { phase, outcome, adjustedPValue } = verdict;
    const text = `Takes ${ratioText(verdict)} times the baseline's time, adjusted p ${pText(adjustedPValue)}.`;
    const word = outcome === 'inconclusive' ? outcome : words[outcome];
    return finding('speed', weightOf(outcome), `${phase} of ${names.full(verdict)}`, word, text);
  });
}

function missingFindings({ missing }: CheckReport, names: CellNames): CheckFinding[] {
  return missing.map((cell) => {
    const what =
      cell.seeds.length === 0
        ? 'The whole cell'
        : `${cell.seeds.length === 1 ? 'Seed' : 'Seeds'} ${ranges(cell.seeds)}`;
    const from = cell.missingFrom === 'baseline' ? 'the baseline' : 'the current results';
    const verb = cell.seeds.length > 1 ? 'are' : 'is';
    return finding('missing', 'unsure', names.full(cell), 'missing', `${what} ${verb} missing from ${from}.`);
  });
}

function failedFindings({ failed }: CheckReport, names: CellNames): CheckFinding[] {
  return failed.map(({ seed, reason, ...key }) =>
    finding('failed', 'bad', `${names.full(key)}, seed ${seed}`, 'failed', reason),
  );
}

function finding(
  part: CheckPart,
  weight: Weight,
  subject: string,
  outcome: string,
  text: string,
): CheckFinding {
  return { part, weight, subject, outcome, text };
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
