/** A baseline of stored trials: what of them a later run is held against. */
import { aubc, type Cell, cells, mergeEnvironments, trialStatus } from '../analysis/index.ts';
import { contentHash } from '../foundation/contentHash.ts';
import { listed } from '../foundation/listed.ts';
import { UserError } from '../foundation/userError.ts';
import { metricNames, type RoundRecord, type StoredTrial } from '../store/record.ts';
import {
  BASELINE_VERSION,
  type Baseline,
  type BaselineCell,
  type BaselineSeed,
  MOST_QUERIED_ROWS,
} from './baseline.ts';
import { cellText } from './cellText.ts';
import { roundHash } from './roundHash.ts';
import { sharedIdentity } from './sharedIdentity.ts';

/**
 * The baseline called `name` of the finished ones among `trials`; others are left out, and cells without any. Throws
 * `UserError`: `no-finished-trial`; `mixed-cell` where trials under the same labels are of different specs.
 */
export function makeBaseline(trials: readonly StoredTrial[], name: string): Baseline {
  const found = baselineCells(trials);
  if (found.length === 0) {
    throw new UserError(
      'no-finished-trial',
      `A baseline needs finished trials, and "${name}" has none. Run the experiment to its end first.`,
    );
  }
  const { commit: _, ...environment } = mergeEnvironments(
    trials.filter((trial) => trialStatus(trial) === 'finished'),
  );
  return {
    ...{ format: 'querybench-baseline', version: BASELINE_VERSION, name },
    specHash: specHashOf(found),
    environment,
    cells: found,
  };
}

/** As `makeBaseline` has them, in natural order; none where no trial has finished. */
export function baselineCells(trials: readonly StoredTrial[]): BaselineCell[] {
  return cells(trials)
    .filter(({ finished }) => finished.length > 0)
    .map(baselineCell);
}

/** 16 hexadecimal digits, the same for all baselines of one spec, whatever their seeds. */
function specHashOf(found: readonly BaselineCell[]): string {
  const hashes = found.map(({ seeds, ...cell }) => contentHash(cell).toString('hex'));
  return contentHash(hashes).toString('hex').slice(0, 16);
}

function baselineCell({ finished, failed: _, unfinished: __, isBound: ___, ...key }: Cell): BaselineCell {
  const seeds = finished.map(baselineSeed);
  const seedText = seeds.map(({ seed }) => seed);
  const repeated = seedText.find((seed, i) => seedText.indexOf(seed) < i);
  const identity = sharedIdentity(finished.map(({ header }) => header.trial));
  if ('differences' in identity || repeated !== undefined) {
    const reason =
      'differences' in identity
        ? `differ in ${listed(identity.differences.slice(0, 5))}`
        : `have the seed ${repeated} more than once`;
    throw new UserError(
      'mixed-cell',
      `Trials of a cell must differ in their seeds alone, and those of ${cellText(key)} ${reason}. ` +
        'Give what differs labels of its own, or name the directory of one run alone.',
    );
  }
  return { ...key, identity: identity.shared, seeds };
}

function baselineSeed({ header, rounds, footer }: StoredTrial): BaselineSeed {
  const numLabels = rounds.map((round) => round.numLabels);
  const curve = (metric: keyof RoundRecord['metrics']) => rounds.map(({ metrics }) => metrics[metric]);
  const area = (metric: keyof RoundRecord['metrics']) =>
    aubc(curve(metric).map((value, i) => ({ spent: numLabels[i] as number, value })));
  const numQueried = rounds.reduce((sum, { queriedRows }) => sum + queriedRows.length, 0);
  const seconds = (phase: 'fit' | 'score' | 'select') =>
    rounds.reduce((sum, round) => sum + round.seconds[phase], 0);
  return {
    ...{ seed: header.trial.identity.seed, trialId: header.trial.id },
    aubc: ofMetrics(area),
    finalAccuracy: rounds.at(-1)?.metrics.accuracy ?? Number.NaN,
    seconds: {
      ...{ fit: seconds('fit'), score: seconds('score'), select: seconds('select') },
      ...(footer?.calibrationSeconds !== undefined && { calibration: footer.calibrationSeconds }),
    },
    numLabels,
    metrics: ofMetrics(curve),
    ...(numQueried <= MOST_QUERIED_ROWS && { queriedRows: rounds.map(({ queriedRows }) => queriedRows) }),
    roundHashes: rounds.map(roundHash),
  };
}

function ofMetrics<Value>(
  of: (metric: keyof RoundRecord['metrics']) => Value,
): Readonly<Record<keyof RoundRecord['metrics'], Value>> {
  return Object.fromEntries(metricNames.map((metric) => [metric, of(metric)])) as Record<
    keyof RoundRecord['metrics'],
    Value
  >;
}
