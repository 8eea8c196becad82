/** A spec checked: what is missing of it is run, here and where it is compared with. */
import { loadPlan } from '../../experiment/loadPlan.ts';
import { openBaselineSide } from './baselineSide.ts';
import { checkAdaptively } from './checkAdaptively.ts';
import type { Checked } from './checked.ts';
import { type CheckRequest, rulesFor } from './checkRequest.ts';
import { compareWithBaseline } from './compareWithBaseline.ts';
import { refuseUnlike } from './refuseMissing.ts';
import { type CheckContext, runTrials } from './runTrials.ts';
import { staleBuild } from './staleBuild.ts';

/** Throws `UserError` and `Interrupted`. */
export async function checkSpec(
  request: CheckRequest,
  { signal, note }: Pick<CheckContext, 'signal' | 'note'>,
): Promise<Checked> {
  const stale = staleBuild();
  if (stale !== undefined) note(`warning: ${stale}`);
  const plan = await loadPlan(request.target.path, request.changes);
  const rules = rulesFor(plan, request);
  const context = { signal, note, isTimed: rules.speed !== undefined };
  const side = await openBaselineSide(request, { plan, ...context });
  try {
    if (request.adaptive !== undefined) return await checkAdaptively(plan, { request, context, rules, side });
    const before = await side.load(plan.spec.seed);
    if (before !== undefined) refuseUnlike(plan, { before, baselineName: side.name, request });
    const trials = await runTrials(plan, request, context);
    const found = { name: plan.name, rules, trials };
    if (before === undefined) return found;
    const report = compareWithBaseline(trials, { before, rules, baselineName: side.name, request });
    return { ...found, before, report };
  } finally {
    await side.close();
  }
}
