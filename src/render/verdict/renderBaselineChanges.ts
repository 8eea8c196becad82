/** What was accepted into a baseline: a line per cell that changed, with what became of it. */
import { groupName } from '../../analysis/index.ts';
import type { BaselineChange, CellSummary } from '../../verdict/baselineChanges.ts';
import { cellId } from '../../verdict/cellText.ts';
import type { CheckReport } from '../../verdict/checkReport.ts';

const signs: Readonly<Record<BaselineChange['kind'], string>> = {
  added: '+',
  removed: '-',
  redefined: '~',
  changed: ' ',
  same: '=',
};

export interface ChangesOptions {
  /** Where the new baseline is. */
  readonly path: string;
  /** Of the old one; left out where there was none, or nothing in common. */
  readonly report?: CheckReport | undefined;
}

/** Several lines; ends with a line feed. Cells that stay the same are counted. */
export function renderBaselineChanges(
  changes: readonly BaselineChange[],
  { path, report }: ChangesOptions,
): string {
  const outcomes = new Map(report?.cells.map((cell) => [cellId(cell), cell.outcome]));
  const count = (kind: BaselineChange['kind']) => changes.filter((change) => change.kind === kind).length;
  const counts = [
    `${count('changed')} changed`,
    `${count('redefined')} defined anew`,
    `${count('added')} added`,
    `${count('removed')} removed`,
    `${count('same')} the same to the last bit`,
  ];
  const lines = changes
    .filter(({ kind }) => kind !== 'same')
    .map((change) => {
      const { strategy, kind, differences } = change;
      const outcome = kind === 'changed' ? (outcomes.get(cellId(change)) ?? 'not judged') : kind;
      const why = differences.length === 0 ? '' : `: ${differences.join('; ')}`;
      return `  ${signs[kind]} ${strategy} on ${groupName(change, changes)}: ${values(change)} (${outcome}${why})`;
    });
  return `Accepted into ${path}: of ${changes.length} cells, ${counts.join(', ')}.\n${lines.map((line) => `${line}\n`).join('')}`;
}

function values({ before, after }: BaselineChange): string {
  if (before === undefined || after === undefined) return summary(before ?? after);
  const seeds = before.numSeeds === after.numSeeds ? '' : `, ${before.numSeeds} → ${after.numSeeds} seeds`;
  return `${before.mean.toFixed(4)} → ${after.mean.toFixed(4)}${seeds}`;
}

function summary(side: CellSummary | undefined): string {
  return side === undefined ? '' : `${side.mean.toFixed(4)}, ${side.numSeeds} seeds`;
}
