/** A check's Markdown as a file, with its curves as SVG files in a folder beside it. */
import { basename, dirname, extname, join } from 'node:path';
import type { CheckReport } from '../../verdict/checkReport.ts';
import { writeAside } from '../writeAside.ts';
import type { StrictOption } from './checkConclusion.ts';
import { checkCurveFiles } from './curveFiles.ts';
import { renderCheckMarkdown } from './renderCheckMarkdown.ts';

/**
 * Beside `check.md` the folder `check-curves`, if any cell changed; files that an earlier check left there stay. Throws
 * `UserError("cannot-write")`.
 */
export async function writeCheckMarkdown(
  report: CheckReport,
  path: string,
  options: StrictOption = {},
): Promise<void> {
  const folder = `${basename(path, extname(path))}-curves`;
  for (const { fileName, svg } of checkCurveFiles(report)) {
    await writeAside(join(dirname(path), folder, fileName), svg);
  }
  const whole = { ...options, curves: { folder }, mostBytes: Number.POSITIVE_INFINITY };
  await writeAside(path, renderCheckMarkdown(report, whole));
}
