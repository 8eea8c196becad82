/** Stored trials as a sweep would leave them, made by a formula: rising curves, paired at round 0, noise per seed. */
import { deriveStream } from '../../src/foundation/randomStream.ts';
import type { RoundRecord, StoredTrial, TrialFooter, TrialIdentity } from '../../src/store/record.ts';

export interface SyntheticTrial {
  readonly dataset?: string;
  readonly model?: string;
  readonly strategy?: string;
  readonly oracle?: string;
  readonly initialPoolSize?: number;
  readonly queryBatchSize?: number;
  readonly seed?: number;
  readonly numRounds?: number;
  /** Test accuracies in place of the formula's, one per round. */
  readonly accuracies?: readonly number[];
  readonly status?: 'finished' | 'failed' | 'unfinished';
  readonly reason?: string;
  readonly options?: Readonly<Record<string, unknown>>;
  readonly id?: string;
  /** How fast the error falls, in place of the strategy's own. */
  readonly skill?: number;
  /** Rows asked for in each round, in place of the formula's. */
  readonly queries?: readonly (readonly number[])[];
  /** Another model asks: the strategy's label gets its name. */
  readonly queryModel?: string;
}

const numTestSamples = 360;

/** How fast a strategy's error falls; the others fall like `random`'s. */
const skill: Readonly<Record<string, number>> = {
  margin: 0.52,
  ratio: 0.5,
  'least-confidence': 0.47,
  entropy: 0.42,
};

export function syntheticTrial(wanted: SyntheticTrial = {}): StoredTrial {
  const { dataset = 'digits', model = 'mlp', strategy = 'random', oracle = 'perfect', seed = 1 } = wanted;
  const { initialPoolSize = 20, queryBatchSize = 10, status = 'finished' } = wanted;
  const numRounds = wanted.accuracies?.length ?? wanted.numRounds ?? 5;
  const accuracies =
    wanted.accuracies ??
    syntheticAccuracies(wanted.skill ?? skill[strategy] ?? 0.3, {
      ...{ strategy, seed, initialPoolSize, queryBatchSize, numRounds },
    });
  const rounds = accuracies.map((accuracy, round) =>
    roundRecord(accuracy, round, {
      numLabels: initialPoolSize + round * queryBatchSize,
      queriedRows:
        wanted.queries?.[round] ??
        syntheticRows(strategy, round, round === numRounds - 1 ? 0 : queryBatchSize),
    }),
  );
  const id =
    wanted.id ??
    [
      dataset,
      model,
      ...(wanted.queryModel === undefined ? [] : [wanted.queryModel]),
      strategy,
      oracle,
      initialPoolSize,
      queryBatchSize,
      seed,
    ].join('-');
  const identity: TrialIdentity = {
    dataset: {
      name: dataset,
      fingerprint: 'f'.repeat(64),
      normalization: 'unit',
      split: { rows: 'all', test: 0.2, validation: 0, pool: 'rest', stratified: true },
      initialPool: 'stratified',
    },
    model: {
      layers: [{ type: 'dense', units: 'numClasses' }],
      initializer: 'glorot',
      training: {
        optimizer: { name: 'sgd', learningRate: 0.1, momentum: 0.9, nesterov: false },
        batchSize: 32,
        minimumSamplesPerEpoch: 0,
        l2: { strength: 0, dividedBy: 'one' },
        stop: { rule: 'epochs', epochs: 50 },
        start: 'cold',
      },
    },
    strategy: { name: strategy, version: 1, options: wanted.options ?? {} },
    oracle: { name: oracle, version: 1, options: {} },
    initialPoolSize,
    queryBatchSize,
    budget: initialPoolSize + (numRounds - 1) * queryBatchSize,
    seed,
  };
  const { queryModel } = wanted;
  const labels = {
    ...{ dataset, model, oracle },
    strategy: queryModel === undefined ? strategy : `${strategy} by ${queryModel}`,
    ...(queryModel !== undefined && { queriedBy: { model: queryModel, strategy } }),
  };
  const trial = { id, cohort: `cohort-${seed}`, labels, identity };
  const environment = { querybench: '0.1.0', node: 'v20.20.2', engine: 'onnx (cpu)' };
  const header = { kind: 'header' as const, schemaVersion: 1, trial, environment };
  if (status === 'unfinished') return { header, rounds };
  const footer: TrialFooter = {
    kind: 'footer',
    status,
    numRounds,
    seconds: numRounds * 0.1,
    ...(wanted.reason === undefined ? {} : { reason: wanted.reason }),
  };
  return { header, rounds, footer };
}

/** Every combination of the axes, `shared` for all of them. */
export function syntheticSweep(
  axes: {
    readonly strategies: readonly string[];
    readonly seeds: readonly number[];
    readonly initialPoolSizes?: readonly number[];
  },
  shared: SyntheticTrial = {},
): StoredTrial[] {
  const pools = axes.initialPoolSizes ?? [shared.initialPoolSize ?? 20];
  return pools.flatMap((initialPoolSize) =>
    axes.strategies.flatMap((strategy) =>
      axes.seeds.map((seed) => syntheticTrial({ ...shared, initialPoolSize, strategy, seed })),
    ),
  );
}

type SyntheticCurve = Pick<
  SyntheticTrial,
  'strategy' | 'seed' | 'initialPoolSize' | 'queryBatchSize' | 'numRounds'
>;

function syntheticAccuracies(
  pace: number,
  { strategy, seed, initialPoolSize, queryBatchSize, numRounds }: Required<SyntheticCurve>,
): number[] {
  const shared = deriveStream('split', { seed });
  const own = deriveStream('strategy', { strategy, seed });
  const startError = 0.34 * (initialPoolSize / 20) ** -0.35 + 0.025 * shared.normal();
  let drift = 0;
  return Array.from({ length: numRounds }, (_, round) => {
    const growth = 1 + (round * queryBatchSize) / initialPoolSize;
    if (round > 0) drift = 0.7 * drift + 0.006 * own.normal();
    const floor = 0.028;
    const error = floor + (startError - floor) * growth ** -(2.2 * pace) + drift * growth ** -0.3;
    return Math.round((1 - Math.max(error, 0.01)) * numTestSamples) / numTestSamples;
  });
}

/** Strategies of different names pick differently. */
function syntheticRows(strategy: string, round: number, numQueried: number): number[] {
  const start = deriveStream('strategy', { strategy }).integer(1000);
  return Array.from({ length: numQueried }, (_, i) => 1000 + ((start + round * 100 + i) % 1000));
}

function roundRecord(
  accuracy: number,
  round: number,
  { numLabels, queriedRows }: Pick<RoundRecord, 'numLabels' | 'queriedRows'>,
): RoundRecord {
  return {
    kind: 'round',
    round,
    numLabels,
    metrics: { accuracy, nll: 3 * (1 - accuracy), macroF1: accuracy, brier: 1 - accuracy, ece: 0.05 },
    training: { epochs: 50, steps: 100, finalLoss: 0.01 },
    queriedRows,
    answers: queriedRows.map((row) => row % 10),
    labelCost: queriedRows.length,
    seconds: { fit: 0.05 + 0.001 * round, score: 0.004, select: 0.001, evaluate: 0.002 },
  };
}
