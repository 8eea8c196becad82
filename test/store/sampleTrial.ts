/** Records to store: a small trial, and arbitrary ones. */
import fc from 'fast-check';
import {
  type RoundRecord,
  SCHEMA_VERSION,
  type TrialFooter,
  type TrialHeader,
  type TrialLine,
} from '../../src/store/record.ts';

export const TRIAL_ID = '0123456789abcdef';

export function sampleHeader(id: string = TRIAL_ID, strategy = 'margin'): TrialHeader {
  return {
    kind: 'header',
    schemaVersion: SCHEMA_VERSION,
    trial: {
      id,
      cohort: 'fedcba9876543210',
      labels: { dataset: 'digits', model: 'mlp', strategy, oracle: 'perfect – ½' },
      identity: {
        dataset: {
          name: 'digits',
          fingerprint: 'ab'.repeat(32),
          normalization: 'unit',
          split: { rows: 'all', test: 0.25, validation: 0, pool: 'rest', stratified: true },
          initialPool: 'random',
        },
        model: {
          layers: [{ type: 'dense', units: 'numClasses' }],
          initializer: 'zeros',
          training: {
            optimizer: { name: 'sgd', learningRate: 0.1, momentum: 0, nesterov: false },
            batchSize: 32,
            minimumSamplesPerEpoch: 1,
            l2: { strength: 0, dividedBy: 'one' },
            stop: { rule: 'epochs', epochs: 3 },
            start: 'cold',
          },
        },
        strategy: { name: 'margin', version: 1, options: {} },
        oracle: { name: 'perfect', version: 1, options: {} },
        initialPoolSize: 20,
        queryBatchSize: 10,
        budget: 40,
        seed: 3,
      },
    },
    environment: { node: '20.19.0' },
  };
}

export function sampleRound(round: number): RoundRecord {
  return {
    kind: 'round',
    round,
    numLabels: 20 + 10 * round,
    metrics: { accuracy: 0.5 + round / 10, nll: 1 / (round + 1), macroF1: 0.4, brier: 0.7, ece: 0.1 },
    training: { epochs: 3, steps: 3, finalLoss: 0.25 },
    queriedRows: [round * 2, round * 2 + 1],
    answers: [1, 7],
    labelCost: 2,
    seconds: { fit: 0.125, score: 0.5, select: 0, evaluate: 0.0625 },
  };
}

export function sampleFooter(numRounds: number): TrialFooter {
  return { kind: 'footer', status: 'finished', numRounds, seconds: 1.5 };
}

/** Header, three rounds, footer. */
export const sampleLines: readonly TrialLine[] = [
  sampleHeader(),
  sampleRound(0),
  sampleRound(1),
  sampleRound(2),
  sampleFooter(3),
];

const plain = { noNullPrototype: true };

/** Any number that a measurement may give; JSON has no -0. */
const anyNumber = fc.double().map((value) => (value === 0 ? 0 : value));

/** Rounds 0, 1, … with arbitrary content. */
export const arbitraryRounds: fc.Arbitrary<readonly RoundRecord[]> = fc
  .array(
    fc.record(
      {
        numLabels: fc.nat(),
        metrics: fc.record(
          {
            accuracy: anyNumber,
            nll: anyNumber,
            macroF1: anyNumber,
            brier: anyNumber,
            ece: anyNumber,
          },
          plain,
        ),
        training: fc.record({ epochs: fc.nat(), steps: fc.nat(), finalLoss: anyNumber }, plain),
        queriedRows: fc.array(fc.nat()),
        answers: fc.array(fc.nat(255)),
        labelCost: anyNumber,
        seconds: fc.record(
          { fit: anyNumber, score: anyNumber, select: anyNumber, evaluate: anyNumber },
          plain,
        ),
      },
      plain,
    ),
    { maxLength: 6 },
  )
  .map((bodies) => bodies.map((body, round) => ({ kind: 'round', round, ...body })));
