/** `querybench predict <model> <data>`: the classes that a saved model gives to rows of a file. */
import type { CommandModule } from 'yargs';

interface PredictArguments {
  readonly model: string;
  readonly data: string;
  readonly out?: string | undefined;
  readonly probabilities: boolean;
  readonly drop: readonly string[];
}

export const predictCommand: CommandModule<object, PredictArguments> = {
  command: 'predict <model> <data>',
  describe: 'Classify the rows of a file by a model that run --save-models has kept',
  builder: (yargs) =>
    yargs
      .positional('model', { type: 'string', demandOption: true, describe: 'An ONNX file' })
      .positional('data', {
        type: 'string',
        demandOption: true,
        describe: 'Raw values, a row per sample: .npy, .csv, .parquet or IDX',
      })
      .option('probabilities', { type: 'boolean', default: false, describe: 'Those of every class' })
      .option('drop', {
        type: 'string',
        array: true,
        nargs: 1,
        default: [],
        describe: 'A column that is no feature, such as the label',
      })
      .option('out', { type: 'string', requiresArg: true, describe: 'A .csv or .npy file [standard output]' })
      .example('$0 predict results/mine/models/0123456789abcdef.onnx t10k-images-idx3-ubyte.gz', ''),
  handler: async (args) => {
    const { predictFile } = await import('../predictFile.ts');
    await predictFile(args);
  },
};
