/** What scripts/fixtures/sklearn_parity.py wrote: splits of digits, and what scikit-learn makes of them. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

interface Scores {
  readonly accuracy: number;
  readonly nll: number;
}

/** One number per repeat on the same rows. */
type Repeats = Readonly<Record<keyof Scores | 'epochs' | 'finalLoss', readonly number[]>>;

export interface SklearnFit {
  readonly seed: number;
  /** `initial`: 200 rows. `pool`: 1300, those among them. */
  readonly trainedOn: 'initial' | 'pool';
  /** The optimum. `objective` is the least mean loss, penalty included; `probabilities` are of the first test rows. */
  readonly logistic: Scores & {
    readonly objective: number;
    readonly probabilities: readonly number[][];
    /** `LogisticRegression(max_iter=10000)`: near the optimum. */
    readonly defaultTolerance: Scores;
  };
  /** `MLPClassifier()`. */
  readonly mlp: Repeats;
  /** `MLPClassifier(max_iter=2000)`, which the stop rule ends. */
  readonly mlpUntilFlat: Repeats;
}

export interface SklearnFixture {
  readonly featuresSha256: string;
  readonly labelsSha256: string;
  /** `MLPClassifier(epsilon=1e-12, max_iter=2000)` from fixed weights, on the initial rows of seed 4: each epoch's loss. */
  readonly fixedWeights: {
    readonly losses: readonly number[];
    readonly probabilities: readonly number[][];
  };
  readonly fits: readonly SklearnFit[];
}

const pathOf = (name: string): string => fileURLToPath(new URL(`../fixtures/${name}`, import.meta.url));

export const masksPath = pathOf('digits-masks.json');

export const sklearnFixture: SklearnFixture = JSON.parse(readFileSync(pathOf('sklearn-parity.json'), 'utf8'));
