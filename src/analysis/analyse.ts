/** Everything that a report says in numbers, computed once: page, tables and files all read it from here. */
import { cautions } from './cautions.ts';
import { seedCurves } from './cellCurve.ts';
import type { Cell, Group } from './cells.ts';
import { type Comparison, compareWithBaseline } from './comparison.ts';
import { conclusions } from './conclusions.ts';
import { type CurveAxis, curveAxis } from './curveAxis.ts';
import { type CurvePhases, curvePhases } from './curvePhases.ts';
import { BASELINE_STRATEGY } from './defaultTarget.ts';
import { meanOf } from './estimate.ts';
import { groupName } from './groupName.ts';
import { type LabelSavings, labelSavings } from './labelSavings.ts';
import { type Ranking, ranking } from './ranking.ts';
import { droppedText, scoreBlocks } from './scoreBlocks.ts';
import type { Over } from './spending.ts';
import { type SummariseOptions, type SummaryRow, summariseGroup } from './summarise.ts';

/** What is known of one strategy in one group. */
export interface StrategyResult {
  readonly row: SummaryRow;
  /** Against the baseline; left out for the baseline itself, and where no seed is shared. */
  readonly comparison?: Comparison;
  /** Against the baseline, at the group's first target. */
  readonly savings?: LabelSavings;
  /** Mean over seeds. */
  readonly phases?: CurvePhases;
}

export interface GroupAnalysis {
  readonly group: Group;
  readonly name: string;
  /** Falling AUBC; strategies without a finished trial, then bounds, come last. */
  readonly results: readonly StrategyResult[];
  /** The answer in words. */
  readonly conclusions: readonly string[];
}

export interface Analysis {
  readonly over: Over;
  readonly baseline: string;
  readonly groups: readonly GroupAnalysis[];
  /** Of all groups together; left out where strategies have too little in common. */
  readonly overall?: Ranking;
  /** What `overall` leaves out, in words; empty where it leaves out nothing. */
  readonly leftOut: string;
  /** What must be known before any of it is believed. */
  readonly cautions: readonly string[];
}

/** Of all groups that one report is about; see `groups`. */
export function analyse(allGroups: readonly Group[], options: SummariseOptions = {}): Analysis {
  const { over = 'labels' } = options;
  const table = scoreBlocks(allGroups, { over });
  const overall = ranking(table);
  return {
    over,
    baseline: BASELINE_STRATEGY,
    groups: allGroups.map((group) => analyseGroup(group, allGroups, { ...options, over })),
    ...(overall && { overall }),
    leftOut: droppedText(table),
    cautions: cautions(allGroups, over),
  };
}

function analyseGroup(
  group: Group,
  siblings: readonly Group[],
  options: SummariseOptions & { readonly over: Over },
): GroupAnalysis {
  const axis = curveAxis(group.cells, options.over);
  const rows = summariseGroup(group, options);
  const comparisons = compareWithBaseline(group, { axis });
  const target = rows.find((row) => row.labelsToTarget.length > 0)?.labelsToTarget[0]?.target;
  const savings = target === undefined ? [] : labelSavings(group, target, { axis });
  const cellOf = new Map(group.cells.map((cell) => [cell.strategy, cell]));
  return {
    group,
    name: groupName(group, siblings),
    results: rows.map((row): StrategyResult => {
      const comparison = comparisons.find(({ strategy }) => strategy === row.strategy);
      const saved = savings.find(({ strategy }) => strategy === row.strategy);
      const phases = meanPhases(cellOf.get(row.strategy), axis);
      return {
        row,
        ...(comparison && { comparison }),
        ...(saved && { savings: saved }),
        ...(phases && { phases }),
      };
    }),
    conclusions: conclusions(comparisons.filter(({ isBound }) => !isBound)),
  };
}

/** Each part as the mean over the seeds whose curve has it. */
function meanPhases(cell: Cell | undefined, axis: CurveAxis): CurvePhases | undefined {
  if (cell === undefined) return undefined;
  const curves = seedCurves(cell, { axis }).curves.filter(({ points }) => points.length > 0);
  if (curves.length === 0) return undefined;
  const phases = curves.map(({ points }) => curvePhases(points));
  const mean = (part: keyof CurvePhases): number => meanOf(phases.flatMap((each) => each[part] ?? []));
  const [rampUp, plateau] = [mean('rampUp'), mean('plateau')];
  return {
    ...{ start: mean('start'), end: mean('end'), instability: mean('instability') },
    ...(Number.isFinite(rampUp) && { rampUp }),
    ...(Number.isFinite(plateau) && { plateau }),
  };
}
