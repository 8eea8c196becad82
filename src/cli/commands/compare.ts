/** `querybench compare <old> [new]`: whether the new one of two models, runs or detectors is to replace the old one. */
import type { CommandModule } from 'yargs';
import type { CompareArguments } from '../compareArguments.ts';

const text = (describe: string) => ({ type: 'string', requiresArg: true, describe }) as const;
const number = (describe: string) => ({ type: 'number', requiresArg: true, describe }) as const;
const flag = (describe: string) => ({ type: 'boolean', default: false, describe }) as const;

export const compareCommand: CommandModule<object, CompareArguments> = {
  command: 'compare <sides..>',
  describe: 'Is the new one better than the old one? Two models, two results, or two detectors',
  builder: (yargs) =>
    yargs
      .positional('sides', {
        ...{ type: 'string', array: true, demandOption: true },
        describe: 'Old, then new: results (one directory will do), .onnx models, or files of detected boxes',
      })
      .option(
        'metric',
        text('accuracy, nll, macro-f1, auc-pr, auc-roc or aubc [accuracy; aubc of results; auc-pr of boxes]'),
      )
      .option('sub-metric', text('The metric of one class: its name or index'))
      .option('average', text('Of auc-pr and auc-roc over classes: macro or micro [macro]'))
      .option('min-delta', number('What the new one must win by at least [0]'))
      .option('confident', flag('The lower end of the interval must win by as much, too'))
      .option(
        'same-config',
        flag('Refuse unless configurations are the same but for one thing, which is compared'),
      )
      .option('old', text('Results: runs of the old side, such as "model=mlp,strategy=margin"'))
      .option('new', text('Results: runs of the new side, such as "model=lenet,strategy=margin"'))
      .option('data', text('Models: digits, mnist, fashion-mnist, or a file of labelled rows'))
      .option('labels', text('Models: of --data, the column of labels or a file of them'))
      .option('drop', {
        ...{ type: 'string', array: true, nargs: 1, default: [] },
        describe: 'Models: a column of --data that is no feature',
      })
      .option('truth', text('Boxes: the true ones, .csv or COCO’s .json'))
      .option('iou-threshold', number('Boxes: the overlap at which one is found [0.5]'))
      .option('curves', text('Models and boxes: precision over recall as a picture, .svg, .png or .json'))
      .option('scheme', text('Of the picture: light or dark [light]'))
      .option('format', text('text or json [text]'))
      .option('out', text('Where the answer goes [standard output]'))
      .option('exit-code', flag('Exit with 1 where the action is discard'))
      .example(
        '$0 compare results/mnist --old model=mlp --new model=lenet --metric accuracy --min-delta 0.01',
        '',
      )
      .example('$0 compare old.onnx new.onnx --data mnist --metric auc-pr --curves curves.png', '')
      .example('$0 compare old.json new.json --truth instances.json --iou-threshold 0.75 --exit-code', '')
      .epilogue(
        'The configuration is all that decides a trial’s id: data, split, model, training, strategy, oracle, pool, batch, budget. ' +
          'Sides that differ in the model, the strategy, the oracle, the pool or the batch are compared by it; with --same-config ' +
          'by one of these, and nothing else may differ.',
      ),
  handler: async (args) => {
    const { compareSides } = await import('../compareSides.ts');
    const exitCode = await compareSides(args);
    if (exitCode !== 0) process.exitCode = exitCode;
  },
};
