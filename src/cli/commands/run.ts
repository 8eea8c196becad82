/** `querybench run <spec>`: plan, run what is missing, and on request report. */
import type { CommandModule } from 'yargs';
import { specOptions } from '../specOptions.ts';

interface RunArguments {
  readonly spec: string;
  readonly out?: string | undefined;
  readonly workers?: string | undefined;
  readonly pack?: string | undefined;
  readonly seeds?: string | undefined;
  readonly engine?: string | undefined;
  readonly device?: string | undefined;
  readonly set: readonly string[];
  readonly 'dry-run': boolean;
  readonly report: boolean;
  readonly open: boolean;
  readonly port?: string | undefined;
  readonly 'save-models': boolean;
  readonly calibrate: boolean;
}

export const runCommand: CommandModule<object, RunArguments> = {
  command: 'run <spec>',
  describe: 'Run an experiment, or what is missing of it',
  builder: (yargs) =>
    yargs
      .positional('spec', { type: 'string', demandOption: true, describe: 'A spec, YAML or JSON' })
      .option('out', { type: 'string', requiresArg: true, describe: 'Results directory [results/<name>]' })
      .options(specOptions('training.stop.epochs=5'))
      .option('pack', {
        type: 'string',
        requiresArg: true,
        describe: 'Trials side by side in a worker [1 on cores, on a GPU as many as its memory holds]',
      })
      .option('dry-run', {
        type: 'boolean',
        default: false,
        describe: 'Print the plan and how long it would take',
      })
      .option('save-models', {
        type: 'boolean',
        default: false,
        describe: 'Keep each trial’s final model as ONNX, in models/',
      })
      .option('calibrate', {
        type: 'boolean',
        default: false,
        describe: 'Time a fixed piece of work beside the trials, for check to judge their speed',
      })
      .option('report', { type: 'boolean', default: false, describe: 'Write and show the report afterwards' })
      .option('open', {
        type: 'boolean',
        default: false,
        describe: 'Show a page that follows the run, until Ctrl-C',
      })
      .option('port', {
        type: 'string',
        requiresArg: true,
        describe: 'Of that page [4280, or one that is free]',
      })
      .example('$0 run experiments/quickstart.yaml --report', ''),
  handler: async ({ 'dry-run': dryRun, 'save-models': saveModels, ...args }) => {
    const { runSpec } = await import('../runSpec.ts');
    await runSpec({ ...args, dryRun, saveModels });
  },
};
