/** Shows what a check found, accepts it where that was asked for, and turns it into an exit code. */
import { renderBaselineChanges } from '../../render/verdict/renderBaselineChanges.ts';
import { writeAside } from '../../render/writeAside.ts';
import { baselineChanges } from '../../verdict/baselineChanges.ts';
import { type CheckReport, checkOutcome } from '../../verdict/checkReport.ts';
import { makeBaseline } from '../../verdict/makeBaseline.ts';
import { renderBaseline } from '../../verdict/renderBaseline.ts';
import type { Checked } from './checked.ts';
import type { CheckRequest } from './checkRequest.ts';
import { refuseMissing } from './refuseMissing.ts';
import { showReport } from './showReport.ts';

/** Returns the exit code. Throws `UserError` where one side lacks what the other has, or a file cannot be written. */
export async function concludeCheck(checked: Checked, request: CheckRequest): Promise<number> {
  const { report } = checked;
  if (report !== undefined) {
    if (!request.isUpdate && !request.allowsMissing) refuseMissing(report, request);
    await showReport(report, request);
  }
  if (request.isUpdate) return accept(checked, request);
  return report === undefined ? 0 : exitCodeOf(report, request.isStrict);
}

function exitCodeOf(report: CheckReport, isStrict: boolean): number {
  const outcome = checkOutcome(report);
  if (outcome === 'inconclusive') return isStrict ? 3 : 0;
  return { holds: 0, regressed: 1, failed: 4 }[outcome];
}

/** Whatever became worse is shown, and accepted. A baseline is of whole results: with failed trials there is none. */
async function accept(
  { trials, before, report, name, rules }: Checked,
  { compareWith, outputs }: CheckRequest,
): Promise<number> {
  if (compareWith.kind !== 'file') throw new Error('Only a file can be updated');
  const failed = trials.filter(({ footer }) => footer?.status === 'failed');
  if (failed.length > 0) {
    const reasons = [...new Set(failed.map(({ footer }) => footer?.reason ?? 'unknown'))];
    process.stderr.write(
      `Not accepted: ${failed.length} of ${trials.length} trials failed (${reasons.slice(0, 3).join('; ')}). Running again retries them.\n`,
    );
    return 4;
  }
  const after = makeBaseline(trials, name);
  await writeAside(compareWith.path, renderBaseline(after));
  const text = renderBaselineChanges(baselineChanges(before, after, rules.metric), {
    ...{ path: compareWith.path, report },
  });
  const isTable = outputs.some(({ format, file }) => format === 'text' && file === undefined);
  (isTable ? process.stdout : process.stderr).write(text);
  return 0;
}
