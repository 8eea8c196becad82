/** `querybench select`: picks samples from a user's own embeddings, probabilities or scores; nothing is trained. */
import type { CommandModule } from 'yargs';
import type { SelectArguments } from '../selectFiles.ts';

const file = (describe: string) => ({ type: 'string', requiresArg: true, describe }) as const;

export const selectCommand: CommandModule<object, SelectArguments> = {
  command: 'select',
  describe: 'Pick samples from your own embeddings, probabilities or scores; nothing is trained',
  builder: (yargs) =>
    yargs
      .option('strategy', {
        ...{ type: 'string', requiresArg: true, demandOption: true },
        describe: 'A strategy, or your own (./mine.mjs); with --scores what picks by them, such as coral',
      })
      .option('n', {
        ...{ type: 'string', requiresArg: true, demandOption: true },
        describe: 'How many: a number, or a fraction of what can be picked, such as 0.1',
      })
      .option('embeddings', file('A row for each sample: CSV (Lightly’s too), NumPy or Parquet'))
      .option('probabilities', file('[samples, classes], or [draws, samples, classes] (NumPy)'))
      .option('scores', file('A column of the embeddings, or a file; each in [0, 1]'))
      .option('labelled', file('Samples with labels: their names or rows, and a column "label" if known'))
      .option('out', file('Where the picks go, .csv or .npy [standard output]'))
      .option('picture', file('A picture of what was picked, .svg or .png'))
      .option('projection', {
        ...{ type: 'string', default: 'pca', requiresArg: true },
        describe: 'Of the picture: pca or umap',
      })
      .option('seed', { type: 'string', default: '0', requiresArg: true, describe: 'Decides ties and draws' })
      .option('normalize', { type: 'boolean', default: false, describe: 'Scale each embedding to length 1' })
      .option('deduplicate', {
        ...{ type: 'boolean', default: false },
        describe: 'Pick no embedding twice; what is left out is listed in removed.csv beside the picks',
      })
      .option('set', {
        ...{ type: 'string', array: true, nargs: 1, default: [] },
        describe: 'An option of the strategy, e.g. --set beta=4; see `querybench list strategies --long`',
      })
      .example(
        '$0 select --strategy coral --embeddings embeddings.csv --scores al_score --n 500 --out selected.csv',
        '',
      ),
  handler: async (args) => {
    const { selectFiles } = await import('../selectFiles.ts');
    await selectFiles(args);
  },
};
