/** A strategy's view of a fitted round, and the seconds that answering it took. */
import type { SampleChunk } from '../learner/samples.ts';
import type { TrialIdentity } from '../store/record.ts';
import type { Foresight, QueryContext } from '../strategies/strategy.ts';
import type { FittedRound } from './fitRound.ts';
import { type Timed, timed } from './timed.ts';
import { strategyStream } from './trialStreams.ts';

export interface QueryClock {
  /** What the answers cost to compute, as if computed for this strategy alone. */
  readonly score: number;
  /** How long the strategy waited for them: less, where the cohort had them already. */
  readonly waited: number;
}

/** The context, and a clock that runs while the strategy uses it. */
export function createQueryContext(
  identity: TrialIdentity,
  round: number,
  fitted: FittedRound,
  foresight?: Foresight,
): { readonly context: QueryContext; clock(): QueryClock } {
  const costs: Record<string, number> = {};
  let waited = 0;
  const shared =
    <T>(name: string, ask: () => Promise<Timed<T>>) =>
    async (): Promise<T> => {
      const asked = await timed(fitted.clock, ask);
      waited += asked.wallSeconds;
      costs[name] = asked.value.seconds;
      return asked.value.value;
    };
  async function* samples(): AsyncGenerator<SampleChunk> {
    const iterator = fitted.poolSamples()[Symbol.asyncIterator]();
    for (;;) {
      const { value: next, seconds, wallSeconds } = await timed(fitted.clock, () => iterator.next());
      waited += wallSeconds;
      costs.samples = (costs.samples ?? 0) + seconds;
      if (next.done) return;
      yield next.value;
    }
  }
  const tryLabelling: Foresight['tryLabelling'] = async (rows) => {
    const tried = await timed(fitted.clock, async () => foresight?.tryLabelling(rows) ?? []);
    waited += tried.wallSeconds;
    costs.foresight = (costs.foresight ?? 0) + tried.seconds;
    return tried.value;
  };
  return {
    context: {
      ...{ poolRows: fitted.poolRows, labelled: fitted.labelled },
      ...{ numClasses: fitted.numClasses, classNames: fitted.classNames, compute: fitted.compute },
      stream: strategyStream(identity, round),
      predictions: shared('predictions', fitted.poolPredictions),
      embeddings: shared('embeddings', fitted.poolEmbeddings),
      labelledEmbeddings: shared('labelledEmbeddings', fitted.labelledEmbeddings),
      samples,
      ...(foresight && { foresight: { tryLabelling } }),
    },
    clock: () => ({ score: Object.values(costs).reduce((sum, cost) => sum + cost, 0), waited }),
  };
}
