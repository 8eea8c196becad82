/** The curves of the cells that changed, as files to lie beside a Markdown report or in a workflow's artifact. */
import type { CellVerdict, CheckReport } from '../../verdict/checkReport.ts';
import { slugs } from '../slugs.ts';
import { cellNames } from './cellNames.ts';
import { curveSvg } from './curveSvg.ts';

export interface CurveFile {
  readonly cell: CellVerdict;
  /** As `regressed-margin-on-digits-mlp-initial-pool-20.svg`: safe in any folder and any link. */
  readonly fileName: string;
  readonly svg: string;
}

/** One per cell that is not unchanged, in the report's order. */
export function checkCurveFiles(report: CheckReport): CurveFile[] {
  const names = cellNames(report);
  const changed = report.cells.filter(({ outcome }) => outcome !== 'unchanged');
  const fileNames = slugs(changed.map((cell) => `${cell.outcome} ${names.full(cell)}`));
  return changed.map((cell, i) => ({ cell, fileName: `${fileNames[i]}.svg`, svg: curveSvg(cell) }));
}
