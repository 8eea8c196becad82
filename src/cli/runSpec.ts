/** What `querybench run` does: plan, show progress, stop cleanly when asked to. */
import { join } from 'node:path';
import { loadPlan } from '../experiment/loadPlan.ts';
import type { ExperimentPlan } from '../experiment/plan.ts';
import { runExperiment } from '../experiment/runExperiment.ts';
import { UserError } from '../foundation/userError.ts';
import { hasModel } from '../store/modelFile.ts';
import { commandLine } from './commandLine.ts';
import { type LivePage, openLivePage } from './livePage.ts';
import { onStopRequest } from './onStopRequest.ts';
import { parseCount } from './parseCount.ts';
import { parsePort } from './parsePort.ts';
import { progressReporter } from './progressReporter.ts';
import { type SpecChanges, specChanges } from './specChanges.ts';

export interface RunSpecOptions extends SpecChanges {
  readonly spec: string;
  readonly out?: string | undefined;
  /** As typed. */
  readonly workers?: string | undefined;
  /** As typed. */
  readonly pack?: string | undefined;
  readonly dryRun: boolean;
  readonly report: boolean;
  /** A page that follows the run. */
  readonly open: boolean;
  /** As typed. */
  readonly port?: string | undefined;
  readonly saveModels: boolean;
  readonly calibrate: boolean;
}

/** Exit codes: 0 done, 4 some trials failed, 130 interrupted. Throws `UserError`. */
export async function runSpec(options: RunSpecOptions): Promise<void> {
  const numWorkers = parseCount('workers', options.workers, 'one per core');
  const packSize = parseCount('pack', options.pack, 'what suits the device');
  const port = parsePort(options.port);
  if (port !== undefined && !options.open) {
    throw new UserError(
      'bad-option',
      '--port is where --open shows its page, and there is no --open. Add it, or leave --port out.',
    );
  }
  const plan = await loadPlan(options.spec, specChanges(options));
  const directory = options.out ?? join('results', plan.name);
  if (options.dryRun) {
    const { showDryRun } = await import('./showDryRun.ts');
    await showDryRun(plan, { directory, numWorkers, packSize });
    return;
  }
  const display = progressReporter(process.stderr);
  const stop = onStopRequest(() =>
    display.note('Stopping: rounds that are done are kept. Once more ends it by force.'),
  );
  let page: LivePage | undefined;
  try {
    page = options.open
      ? await openLivePage(directory, { port, stop: stop.ask, note: display.note })
      : undefined;
    const outcome = await runExperiment(plan, {
      ...{ directory, signal: stop.signal, saveModels: options.saveModels, calibrate: options.calibrate },
      command: commandLine(process.argv.slice(2)),
      ...(numWorkers && { numWorkers }),
      ...(packSize && { packSize }),
      reporter: display.reporter,
    });
    display.end();
    if (outcome.state === 'interrupted') {
      process.stderr.write(
        `Interrupted with ${outcome.numFinished} of ${plan.trials.length} trials finished. Continue with:\n` +
          `  ${commandLine(process.argv.slice(2))}\n`,
      );
      process.exitCode = 130;
      stop.dispose();
      if (page?.hasStopped) await page.stay();
      return;
    }
    if (outcome.numFailed > 0) {
      process.stderr.write(
        `${outcome.numFailed} of ${plan.trials.length} trials failed; running again retries them.\n`,
      );
      process.exitCode = 4;
    }
    if (options.saveModels) noteMissingModels(plan, directory);
    if (options.report && outcome.numFinished > 0) {
      const { showReport } = await import('./showReport.ts');
      await showReport([directory]);
    } else process.stderr.write(`Results are in ${directory}. Next: querybench report ${directory}\n`);
    stop.dispose();
    await page?.stay();
  } finally {
    display.end();
    stop.dispose();
    await page?.close();
  }
}

/** Of trials that had finished before models were asked for. */
function noteMissingModels({ trials }: ExperimentPlan, directory: string): void {
  const numMissing = trials.filter(({ id }) => !hasModel(directory, id)).length;
  if (numMissing === 0) return;
  process.stderr.write(
    `${numMissing} of ${trials.length} trials have no model in ${join(directory, 'models')}: they failed, or finished ` +
      'before --save-models was given. Another --out runs them anew.\n',
  );
}
