/** `--adaptive`: the same check at more and more seeds, of the cells that are not decided. */
import type { CheckRules } from '../../experiment/checkRules.ts';
import { loadPlan } from '../../experiment/loadPlan.ts';
import type { ExperimentPlan } from '../../experiment/plan.ts';
import { ranges } from '../../foundation/ranges.ts';
import { UserError } from '../../foundation/userError.ts';
import type { StoredTrial, Trial } from '../../store/record.ts';
import { planLooks, seedsForLook } from '../../verdict/looks.ts';
import { plannedCellKey } from '../../verdict/plannedCells.ts';
import { type BaselineSide, withSeeds } from './baselineSide.ts';
import type { Checked } from './checked.ts';
import type { CheckRequest } from './checkRequest.ts';
import { compareWithBaseline } from './compareWithBaseline.ts';
import { lookUntilDecided } from './lookUntilDecided.ts';
import { refuseUnlike } from './refuseMissing.ts';
import { type CheckContext, runTrials } from './runTrials.ts';

export interface AdaptiveContext {
  readonly request: CheckRequest;
  readonly context: CheckContext;
  readonly rules: CheckRules;
  readonly side: BaselineSide;
}

/** Throws `UserError` and `Interrupted`. */
export async function checkAdaptively(
  plan: ExperimentPlan,
  { request, context, rules, side }: AdaptiveContext,
): Promise<Checked> {
  const own = ownSeeds(plan, side);
  const mostSeeds = request.adaptive?.mostSeeds ?? rules.mostSeeds;
  const most = Math.min(mostSeeds, side.seeds?.length ?? Number.POSITIVE_INFINITY);
  const looks = planLooks(own.length, most).map((count) => seedsForLook(own, count, side.seeds));
  const startedAt = performance.now();
  let trials: readonly StoredTrial[] = [];
  const report = await lookUntilDecided({
    ...{ looks, alpha: rules.alpha },
    async judge({ alpha, seeds, seedsOf }) {
      const before = await side.load(seeds);
      if (before === undefined) throw new Error('There is nothing to compare with');
      refuseUnlike(plan, { before, baselineName: side.name, request });
      const whole = await loadPlan(request.target.path, [...request.changes, `seed=[${seeds.join(', ')}]`]);
      const isWanted = (trial: Trial): boolean =>
        seedsOf(plannedCellKey(trial)).includes(trial.identity.seed);
      trials = await runTrials({ ...whole, trials: whole.trials.filter(isWanted) }, request, context);
      return compareWithBaseline(trials, {
        ...{ before: withSeeds(before, seedsOf), rules: { ...rules, alpha } },
        ...{ baselineName: side.name, request },
      });
    },
    reasonToStop() {
      const { mostMinutes } = request.adaptive ?? {};
      const isSpent = mostMinutes !== undefined && performance.now() - startedAt > mostMinutes * 60_000;
      return isSpent ? `No further look was made: --max-minutes ${mostMinutes} was spent.` : undefined;
    },
  });
  const limit = limitSentence(side, { numSeeds: looks.at(-1)?.length ?? 0, mostSeeds });
  return {
    ...{ name: plan.name, rules, trials },
    report: { ...report, warnings: [...report.warnings, ...(limit === undefined ? [] : [limit])] },
  };
}

/** The spec's seeds, as far as both sides can have them. */
function ownSeeds({ spec }: ExperimentPlan, { seeds, name }: BaselineSide): readonly number[] {
  const own = spec.seed.filter((seed) => seeds === undefined || seeds.includes(seed));
  if (own.length > 0) return own;
  throw new UserError(
    'no-common-seed',
    `A check pairs seeds, and all cells of ${name} have ${seeds?.length === 0 ? 'none in common' : `the seeds ${ranges(seeds ?? [])}`}, where the ` +
      `spec has ${ranges(spec.seed)}. Give the spec seeds of the baseline with --seeds, or make the baseline again with --update.`,
  );
}

/** A file has the seeds it has. */
function limitSentence(
  { seeds }: BaselineSide,
  { numSeeds, mostSeeds }: { readonly numSeeds: number; readonly mostSeeds: number },
): string | undefined {
  if (seeds === undefined || seeds.length >= mostSeeds || numSeeds < seeds.length) return undefined;
  return (
    `--adaptive could go no further than the ${seeds.length} seeds of the baseline: it cannot add to a file. ` +
    'Make the baseline with more (--update --seeds), or compare with a revision (--against).'
  );
}
