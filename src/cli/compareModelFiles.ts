/** `querybench compare` of two saved models on labelled rows. */
import { type ClassAverage, type ClassificationMetric, classificationMetrics } from '../analysis/index.ts';
import { lookUp } from '../foundation/nearest.ts';
import { UserError } from '../foundation/userError.ts';
import { classifierCurves } from '../verdict/compare/comparedCurves.ts';
import { compareModels } from '../verdict/compare/compareModels.ts';
import { type CompareArguments, type Compared, twoSides } from './compareArguments.ts';

const averages: Readonly<Record<ClassAverage, ClassAverage>> = { macro: 'macro', micro: 'micro' };

/** Throws what `compareModels` throws, and `UserError` "bad-option" and "unknown-name". */
export async function compareModelFiles(args: CompareArguments): Promise<Compared> {
  const { sides, metric = 'accuracy', average, subMetric, data, labels, minDelta } = args;
  const [old, other] = twoSides(sides, 'Models');
  if (metric === 'aubc') {
    throw new UserError(
      'bad-option',
      '--metric aubc is of learning curves, which models do not have. Compare results, or choose another metric.',
    );
  }
  lookUp('--metric', classificationMetrics, metric);
  if (average !== undefined && (!metric.startsWith('auc-') || subMetric !== undefined)) {
    throw new UserError(
      'bad-option',
      '--average is of auc-pr and auc-roc over all classes. Leave it out, or choose one of these.',
    );
  }
  if (data === undefined) {
    throw new UserError(
      'bad-option',
      'Models are compared on labelled rows. Name them with --data: digits, mnist, fashion-mnist, or a file.',
    );
  }
  const files = { old, new: other, data, drop: args.drop, ...(labels !== undefined && { labels }) };
  const { comparison, pair } = await compareModels(files, {
    metric: metric as ClassificationMetric,
    ...(average !== undefined && { average: lookUp('--average', averages, average) }),
    ...(subMetric !== undefined && { subMetric }),
    ...(minDelta !== undefined && { minDelta }),
    ...{ isConfident: args.confident, isSameConfig: args.sameConfig === true },
  });
  return { comparison, curves: () => classifierCurves(pair) };
}
