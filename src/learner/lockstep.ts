/**
 * Lockstep: learners that share the runs of one replica learner. Each asks as if it were alone; requests are held until
 * every learner at work has one, and those of a kind then run as one program, each learner in the slot it has for life.
 */
import { type FitRequest, type FittedModel, TrainingDiverged } from './fit.ts';
import type { Learner } from './learner.ts';
import type { ReplicaLearner } from './replicaLearner.ts';
import type { SampleRequest } from './sampleInChunks.ts';
import type { SampleChunk } from './samples.ts';
import { mapSlots, type Slots } from './slots.ts';

export interface Lockstep {
  /** A learner in a slot that is free. Throws where none is. */
  join(): Learner & {
    /** Must be called when nothing will be asked any more: the others wait for this learner's requests. */
    leave(): void;
  };
}

/** One run for all requests of a kind. `Given` is what a slot asks, `Answer` what it gets. */
type Work<Given, Answer> = (asked: Slots<Given>) => Promise<Slots<Answer | Error>>;

interface Pending {
  readonly slot: number;
  /** Requests whose keys agree, entry by entry, run together. */
  readonly key: readonly unknown[];
  readonly given: unknown;
  readonly work: Work<unknown, unknown>;
  settle(outcome: { readonly answer: unknown } | { readonly error: unknown }, worked: number): void;
}

export function createLockstep(replicas: ReplicaLearner): Lockstep {
  const members = new Set<number>();
  let pending: Pending[] = [];
  let isRunning = false;

  /** Runs what is held, once every member has asked for something. */
  async function runWhenAllWait(): Promise<void> {
    if (isRunning) return;
    isRunning = true;
    while (members.size > 0 && new Set(pending.map(({ slot }) => slot)).size === members.size) {
      const all = pending;
      pending = [];
      for (const group of groupsOf(all)) await runGroup(group, replicas.numReplicas);
      // Those answered go on, and may ask again, before the next look.
      await new Promise<void>((resolve) => setImmediate(resolve));
    }
    isRunning = false;
  }
  return {
    join() {
      const free = Array.from({ length: replicas.numReplicas }, (_, slot) => slot).find(
        (slot) => !members.has(slot),
      );
      if (free === undefined) throw new Error(`All ${replicas.numReplicas} slots are taken.`);
      members.add(free);
      const clock = { waited: 0, worked: 0 };
      const ask = <Given, Answer>(
        key: readonly unknown[],
        given: Given,
        work: Work<Given, Answer>,
      ): Promise<Answer> =>
        new Promise((resolve, reject) => {
          const start = performance.now();
          pending.push({
            ...{ slot: free, key, given, work: work as Work<unknown, unknown> },
            settle(outcome, worked) {
              clock.waited += (performance.now() - start) / 1000;
              clock.worked += worked;
              if ('error' in outcome) reject(outcome.error);
              else resolve(outcome.answer as Answer);
            },
          });
          void runWhenAllWait();
        });
      const leave = (): void => {
        members.delete(free);
        void runWhenAllWait();
      };
      return { ...learnerOf(replicas, ask, clock), leave };
    },
  };
}

type Ask = <Given, Answer>(
  key: readonly unknown[],
  given: Given,
  work: Work<Given, Answer>,
) => Promise<Answer>;

function learnerOf(replicas: ReplicaLearner, ask: Ask, clock: Learner['clock']): Learner {
  const { network, rowsPerSampling } = replicas;
  const { numClasses, embeddingWidth: width } = network;
  return {
    clock,
    fit: (request) =>
      ask<FitRequest, FittedModel>(
        ['fit', request.rows.length, request.startFrom?.parameters],
        request,
        async (asked) => {
          const { parameters, outcomes } = await replicas.fit(asked);
          return mapSlots(outcomes, (training, replica) =>
            training instanceof TrainingDiverged ? training : { parameters, replica, training },
          );
        },
      ),
    predict: ({ parameters }, rows) =>
      ask(['predict', parameters], rows, (asked) => replicas.predict(parameters, asked)),
    async *sample({ parameters }, rows, streams): AsyncGenerator<SampleChunk> {
      const masksOf = replicas.drawMasks(streams);
      const numDrawn = streams.length;
      for (let start = 0; start < rows.length; start += rowsPerSampling) {
        const chunk = rows.subarray(start, start + rowsPerSampling);
        const logProbabilities = await ask<SampleRequest, Float32Array>(
          ['sample', parameters, chunk.length, numDrawn],
          { rows: chunk, masks: masksOf(chunk) },
          (asked) => replicas.sample(parameters, asked, numDrawn),
        );
        yield { start, numRows: chunk.length, numDrawn, numClasses, logProbabilities };
      }
    },
    embed: ({ parameters }, rows) =>
      ask(['embed', parameters], rows, async (asked) =>
        mapSlots(await replicas.embed(parameters, asked), (values) => ({
          ...{ values, width },
          numSamples: values.length / width,
        })),
      ),
  };
}

/** Requests of equal keys, at most one of each slot: a slot that asked twice the same runs twice. */
function groupsOf(pending: readonly Pending[]): Pending[][] {
  const groups: Pending[][] = [];
  for (const request of pending) {
    const { key, slot } = request;
    const fitting = groups.find(
      (group) =>
        group[0]?.key.length === key.length &&
        group[0].key.every((value, i) => value === key[i]) &&
        group.every((other) => other.slot !== slot),
    );
    if (fitting === undefined) groups.push([request]);
    else fitting.push(request);
  }
  return groups;
}

async function runGroup(group: readonly Pending[], numReplicas: number): Promise<void> {
  const start = performance.now();
  const share = (): number => (performance.now() - start) / 1000 / group.length;
  const asked: unknown[] = new Array(numReplicas).fill(undefined);
  for (const { slot, given } of group) asked[slot] = given;
  try {
    const answers = await group[0]?.work(asked);
    const worked = share();
    for (const { slot, settle } of group) {
      const answer = answers?.[slot];
      settle(answer instanceof Error ? { error: answer } : { answer }, worked);
    }
  } catch (error) {
    const worked = share();
    for (const { settle } of group) settle({ error }, worked);
  }
}
