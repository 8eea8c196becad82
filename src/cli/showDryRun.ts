/** `--dry-run`: what would run, where, and for how long. */
import { createEngine } from '../engines/index.ts';
import { defaultNumWorkers } from '../experiment/defaultNumWorkers.ts';
import { estimateSeconds } from '../experiment/estimateSeconds.ts';
import type { ExperimentPlan } from '../experiment/plan.ts';
import { roundSizes } from '../experiment/roundSizes.ts';
import { unfinishedTrials } from '../experiment/unfinishedTrials.ts';
import { counted } from '../foundation/counted.ts';
import { duration } from '../foundation/duration.ts';
import { createStopRule } from '../learner/stopRule.ts';
import { checkOwnership } from '../store/openStore.ts';

interface DryRunOptions {
  readonly directory: string;
  /** Default: that of a run. */
  readonly numWorkers?: number | undefined;
  readonly packSize?: number | undefined;
}

export async function showDryRun(
  plan: ExperimentPlan,
  { directory, numWorkers, packSize }: DryRunOptions,
): Promise<void> {
  checkOwnership(directory, plan.name);
  const remaining = unfinishedTrials(plan, directory).map(({ trial }) => trial);
  const { dataset, model, queryModel, strategy, oracle, initialPoolSize, queryBatchSize, seed } = plan.spec;
  const labelsOf = (axis: ReadonlyArray<{ readonly label: string }>): string =>
    axis.map(({ label }) => label).join(', ');
  const rows: ReadonlyArray<readonly [string, string]> = [
    ['dataset', labelsOf(dataset)],
    ['model', labelsOf(model)],
    ...(queryModel ? [['queryModel', labelsOf(queryModel)] as const] : []),
    ['strategy', labelsOf(strategy)],
    ['oracle', labelsOf(oracle)],
    ['initialPoolSize', initialPoolSize.join(', ')],
    ['queryBatchSize', queryBatchSize.join(', ')],
    ['seed', seed.join(', ')],
  ];
  const numRounds = plan.trials.reduce((sum, { identity }) => sum + roundSizes(identity).length, 0);
  const width = Math.max(...rows.map(([axis]) => axis.length));
  const lines = [
    `${plan.name}: ${plan.trials.length} trials, ${numRounds} rounds, into ${directory}`,
    ...rows.map(([axis, values]) => `  ${axis.padEnd(width)}  ${values}`),
    `${plan.trials.length - remaining.length} trials are finished, ${remaining.length} are left.`,
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
  if (remaining.length === 0) return;
  const left = new Set(remaining.map(({ id }) => id));
  const engine = await createEngine(plan.engine, plan.device);
  const mostWorkers = numWorkers ?? defaultNumWorkers(engine);
  const { seconds, isLowerBound, numPacks } = await estimateSeconds(remaining, {
    engine,
    numWorkers: mostWorkers,
    packSize,
    finished: new Set(plan.trials.map(({ id }) => id).filter((id) => !left.has(id))),
  });
  const busy = Math.min(mostWorkers, numPacks);
  const workers = counted(busy, 'worker');
  process.stdout.write(
    `Measured on this machine, they would take ${isLowerBound ? 'more than' : 'about'} ${duration(seconds / busy)} with ${workers} on ${plan.engine}'s device ${engine.device}.\n`,
  );
  if (remaining.some(({ identity }) => createStopRule(identity.model.training.stop).afterEpoch)) {
    process.stdout.write(
      'Training ends by what has been learned, so rows that a strategy chooses may take longer than the random ones measured.\n',
    );
  }
}
