/** A baseline of stored trials, as the identity key needs it: areas and times are none of its business. */
import { cellKey, cells, mergeEnvironments } from '../../src/analysis/index.ts';
import type { StoredTrial } from '../../src/store/record.ts';
import { BASELINE_VERSION, type Baseline, type BaselineSeed } from '../../src/verdict/baseline.ts';
import { roundHash } from '../../src/verdict/roundHash.ts';

export function keptBaseline(trials: readonly StoredTrial[]): Baseline {
  return {
    ...{ format: 'querybench-baseline', version: BASELINE_VERSION, name: 'kept', specHash: '0'.repeat(16) },
    environment: mergeEnvironments(trials),
    cells: cells(trials).map(({ finished }) => {
      const [first] = finished;
      if (first === undefined) throw new Error('A cell of the sample has no finished trial.');
      const { seed, ...identity } = first.header.trial.identity;
      return { ...cellKey(first), identity, seeds: finished.map(keptSeed) };
    }),
  };
}

function keptSeed({ header, rounds }: StoredTrial): BaselineSeed {
  const of = (name: keyof (typeof rounds)[number]['metrics']) => rounds.map(({ metrics }) => metrics[name]);
  return {
    ...{ seed: header.trial.identity.seed, trialId: header.trial.id },
    numLabels: rounds.map(({ numLabels }) => numLabels),
    metrics: {
      ...{
        accuracy: of('accuracy'),
        nll: of('nll'),
        macroF1: of('macroF1'),
        brier: of('brier'),
        ece: of('ece'),
      },
    },
    aubc: { accuracy: 0, nll: 0, macroF1: 0, brier: 0, ece: 0 },
    ...{ finalAccuracy: 0, seconds: { fit: 1, score: 1, select: 1 } },
    queriedRows: rounds.map(({ queriedRows }) => queriedRows),
    roundHashes: rounds.map(roundHash),
  };
}
