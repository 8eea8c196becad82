/**
 * BatchBALD (Kirsch, van Amersfoort & Gal 2019, arXiv 1906.08158): the batch whose labels, together, say most of the
 * network; greedily, a row at a time. The objective is submodular: what a row would add only falls as the batch grows. So
 * an old gain bounds a new one (Minoux 1978), and most rows are never looked at again.
 */
import type { Compute } from '../../../engines/compute.ts';
import { drawRowKey, type RowKey, rowHash } from '../../rowHash.ts';
import type { QueryContext, Strategy } from '../../strategy.ts';
import { refuseNaN } from '../../topK.ts';
import { type Candidates, collectCandidates } from './candidates.ts';
import { gains, rowsPerRun } from './gains.ts';
import { drawnOutcomes, emptyOutcomes, type Outcomes, withDrawnClass, withEveryClass } from './outcomes.ts';

interface BatchBaldOptions {
  /** Outcomes of a batch that are looked at: all while they are at most so many, then so many drawn ones. */
  readonly outcomes: number;
  /** Rows at most that a batch is picked from. */
  readonly candidates?: number | undefined;
}

export function batchBald({ outcomes: maxOutcomes, candidates: limit }: BatchBaldOptions): Strategy {
  return {
    async select(context, batchSize) {
      const key = drawRowKey(context.stream);
      const candidates = await collectCandidates(context, batchSize, limit);
      refuseNaN(candidates.bald);
      const search = createSearch(candidates, key);
      const picked: number[] = [];
      let outcomes = emptyOutcomes(candidates.numDrawn);
      while (picked.length < batchSize) {
        if (picked.length > 0) {
          outcomes = extend(outcomes, candidates, picked, maxOutcomes, context);
          await search.update(context.compute, outcomes);
        }
        picked.push(search.take());
      }
      return Int32Array.from(picked, (position) => candidates.rows[position] as number);
    },
  };
}

/** The outcomes with the last of `picked`. Where all would be too many, they are drawn: from then on, and anew at first. */
function extend(
  outcomes: Outcomes,
  { probabilities, numDrawn, numClasses }: Candidates,
  picked: readonly number[],
  maxOutcomes: number,
  { stream }: QueryContext,
): Outcomes {
  const size = numDrawn * numClasses;
  const samplesOf = (position: number) => probabilities.subarray(position * size, (position + 1) * size);
  const isDrawn = (numRows: number): boolean => numClasses ** numRows > maxOutcomes;
  const last = samplesOf(picked[picked.length - 1] as number);
  if (!isDrawn(picked.length)) return withEveryClass(outcomes, last);
  if (isDrawn(picked.length - 1)) return withDrawnClass(outcomes, last, stream);
  const numOutcomes = Math.max(1, Math.floor(maxOutcomes / numDrawn)) * numDrawn;
  return picked.reduce(
    (drawn, position) => withDrawnClass(drawn, samplesOf(position), stream),
    drawnOutcomes(numDrawn, numOutcomes),
  );
}

interface Search {
  /** Takes the candidate with the largest gain out of the search; its position. */
  take(): number;
  /** Works out gains under `outcomes`, until no bound of another is above the largest. */
  update(compute: Compute, outcomes: Outcomes): Promise<void>;
}

/** Gains closer than rounding can tell count as equal: BALD decides, then the strategy's stream. */
function createSearch(candidates: Candidates, key: RowKey): Search {
  const { bald, rows } = candidates;
  const bounds = bald.map(inSteps);
  const ties = Float64Array.from(rows, (row) => rowHash(row, key));
  const compare = (a: number, b: number): number =>
    (bounds[b] as number) - (bounds[a] as number) ||
    (bald[b] as number) - (bald[a] as number) ||
    (ties[a] as number) - (ties[b] as number) ||
    (rows[a] as number) - (rows[b] as number);
  let order = Array.from(rows, (_, i) => i).sort(compare);
  return {
    take: () => order.shift() as number,
    async update(compute, outcomes) {
      const perRun = rowsPerRun(candidates);
      let best = Number.NEGATIVE_INFINITY;
      let known = 0;
      while (known < order.length && (bounds[order[known] as number] as number) >= best) {
        const positions = order.slice(known, known + perRun);
        const found = await gains(compute, candidates, outcomes, positions);
        positions.forEach((position, i) => {
          const gain = Math.min(inSteps(found[i] as number), bounds[position] as number);
          bounds[position] = gain;
          best = Math.max(best, gain);
        });
        known += positions.length;
      }
      order = mergeSorted(order.slice(0, known).sort(compare), order.slice(known), compare);
    },
  };
}

/** Multiples of 2^-20 nats, about 1e-6: what products in float32 can tell apart. */
const inSteps = (gain: number): number => Math.round(gain * 2 ** 20) / 2 ** 20;

function mergeSorted(
  a: readonly number[],
  b: readonly number[],
  compare: (a: number, b: number) => number,
): number[] {
  const merged: number[] = [];
  let [i, j] = [0, 0];
  while (i < a.length && j < b.length) {
    const [x, y] = [a[i] as number, b[j] as number];
    if (compare(x, y) <= 0) {
      merged.push(x);
      i++;
    } else {
      merged.push(y);
      j++;
    }
  }
  return [...merged, ...a.slice(i), ...b.slice(j)];
}
