/** `querybench check <spec | results>`: is any strategy worse than it was? */
import type { CommandModule } from 'yargs';
import type { CheckWords } from '../check/checkRequest.ts';
import { specOptions } from '../specOptions.ts';

interface CheckArguments extends Omit<CheckWords, 'maxSeeds' | 'maxMinutes' | 'allowMissing'> {
  readonly 'max-seeds'?: string | undefined;
  readonly 'max-minutes'?: string | undefined;
  readonly 'allow-missing': boolean;
}

export const checkCommand: CommandModule<object, CheckArguments> = {
  command: 'check <target>',
  describe: 'Compare an experiment with a baseline or another git revision: is any strategy worse?',
  builder: (yargs) =>
    yargs
      .positional('target', {
        type: 'string',
        demandOption: true,
        describe: 'A spec, of which what is missing is run; or a results directory, compared as it is',
      })
      .option('baseline', {
        type: 'string',
        requiresArg: true,
        describe: 'The file to compare with, and the one that --update writes',
      })
      .option('against', {
        type: 'string',
        requiresArg: true,
        describe: 'A git revision to compare with: the same spec is run there, once',
      })
      .option('update', {
        type: 'boolean',
        default: false,
        describe: 'Accept: show what changed and write it as the new baseline; exit code 0',
      })
      .option('adaptive', {
        type: 'boolean',
        default: false,
        describe: 'Add seeds until every cell is decided; alpha is split over the looks',
      })
      .option('max-seeds', {
        type: 'string',
        requiresArg: true,
        describe: 'Seeds per cell that --adaptive goes to [the spec’s, or 50]',
      })
      .option('max-minutes', {
        type: 'string',
        requiresArg: true,
        describe: 'Time after which --adaptive looks no more',
      })
      .option('strict', {
        type: 'boolean',
        default: false,
        describe: 'What could not be decided fails too, with exit code 3',
      })
      .option('allow-missing', {
        type: 'boolean',
        default: false,
        describe: 'Compare what both sides have; else what one lacks ends the check with 2',
      })
      .option('format', {
        type: 'string',
        array: true,
        nargs: 1,
        default: [],
        describe: 'text, markdown, json, junit or github; name=file writes a file; may be repeated',
      })
      .option('speed', { type: 'boolean', default: false, describe: 'Judge times too; quiet machines only' })
      .option('metric', {
        type: 'string',
        requiresArg: true,
        describe: 'In place of the spec’s: accuracy, nll, macroF1, brier or ece',
      })
      .option('margin', {
        type: 'string',
        requiresArg: true,
        describe: 'In place of the spec’s: a change of mean AUBC up to this is none',
      })
      .option('alpha', {
        type: 'string',
        requiresArg: true,
        describe: 'In place of the spec’s: the chance to call a change where there is none',
      })
      .option('out', {
        type: 'string',
        requiresArg: true,
        describe: 'Where trials go [results/check/<name>-<build>]',
      })
      .options(specOptions('check.margin=0.02'))
      .example('$0 check experiments/ci.yaml --baseline results/baselines/ci.json', '')
      .example('$0 check experiments/ci.yaml --against main --adaptive', '')
      .example('$0 check results/ci --baseline ci.json --format junit=check.xml', '')
      .epilogue(
        'Exit codes: 0 nothing is worse, 1 something is, 2 the question cannot be put (options, files, missing cells), ' +
          '3 something could not be decided, with --strict, 4 trials failed, 130 interrupted.',
      ),
  handler: async (args) => {
    const { runCheck } = await import('../check/runCheck.ts');
    await runCheck({
      ...args,
      maxSeeds: args['max-seeds'],
      maxMinutes: args['max-minutes'],
      allowMissing: args['allow-missing'],
    });
  },
};
