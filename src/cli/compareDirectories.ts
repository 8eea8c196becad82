/** `querybench compare` of stored results. */
import { lookUp } from '../foundation/nearest.ts';
import { UserError } from '../foundation/userError.ts';
import { filterTrials } from '../render/index.ts';
import { readStore } from '../store/readStore.ts';
import {
  compareResults,
  type ResultMetric,
  type ResultSide,
  resultMetrics,
} from '../verdict/compare/compareResults.ts';
import type { CompareArguments, Compared } from './compareArguments.ts';
import { parseFilter } from './parseFilter.ts';

/** Metrics that records do not hold. */
const ofPredictions = ['auc-pr', 'auc-roc'];

/** Throws what `readStore`, `parseFilter` and `compareResults` throw, and `UserError` "bad-option" and "unknown-name". */
export async function compareDirectories(args: CompareArguments): Promise<Compared> {
  const { sides, metric = 'aubc', minDelta, confident, sameConfig } = args;
  if (ofPredictions.includes(metric)) {
    throw new UserError(
      'bad-option',
      `--metric ${metric} needs predictions, which results do not hold. Compare models that run --save-models has kept, with --data.`,
    );
  }
  lookUp('--metric', resultMetrics, metric);
  const [own, other = own, ...more] = sides;
  if (own === undefined || other === undefined || more.length > 0) {
    throw new UserError(
      'bad-option',
      'Results are compared two directories at a time, the old one first, or two parts of one. Name one or two.',
    );
  }
  if (own === other && args.old === args.new) {
    throw new UserError(
      'bad-option',
      `Both sides are all of ${own}. Choose the runs of each with --old and --new, as in --old model=mlp --new model=lenet.`,
    );
  }
  const [old, oldWarnings] = sideOf(own, args.old, '--old');
  const [newSide, newWarnings] = sideOf(other, args.new, '--new');
  const comparison = compareResults(old, newSide, {
    metric: metric as ResultMetric,
    isSameConfig: sameConfig === true,
    isConfident: confident,
    ...(minDelta !== undefined && { minDelta }),
  });
  const warnings = [...new Set([...oldWarnings, ...newWarnings, ...comparison.warnings])];
  return { comparison: { ...comparison, warnings } };
}

function sideOf(
  directory: string,
  filter: string | undefined,
  option: string,
): readonly [ResultSide, readonly string[]] {
  const { trials, warnings } = readStore(directory);
  if (filter === undefined) return [{ name: directory, trials }, warnings];
  const chosen = filterTrials(trials, parseFilter(filter, option));
  return [{ name: `${directory}, ${filter}`, trials: chosen }, warnings];
}
