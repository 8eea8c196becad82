/** Packs: which trials run side by side as replicas of one program, and how many at once. */
import { type DatasetInfo, datasetKey, normalizationOf } from '../datasets/index.ts';
import type { Engine } from '../engines/engine.ts';
import { canonicalJson } from '../foundation/contentHash.ts';
import { groupBy } from '../foundation/groupBy.ts';
import { replicaBytes } from '../learner/replicaBytes.ts';
import type { Trial, TrialIdentity } from '../store/record.ts';

export type Pack = readonly Trial[];

export interface PackLimits {
  readonly packing: Engine['packing'];
  /** By `datasetKey`. */
  readonly infoOf: (key: string) => DatasetInfo;
  /** Share the device's memory. */
  readonly numWorkers: number;
  /** In place of what the device's memory allows. */
  readonly packSize?: number | undefined;
}

/**
 * Cuts trials, in their order, into packs of those that have as many labels at every round and the same program: of the
 * sizes that the device's memory allows, as equal as can be, and no fewer packs than workers.
 */
export function packTrials(trials: readonly Trial[], limits: PackLimits): Pack[] {
  return groupBy(trials, ({ identity }) => packKey(identity)).flatMap((group) => {
    const [first] = group;
    // Two learners that waited for their packs' requests would wait for each other.
    if (first.identity.queryModel !== undefined) return group.map((trial) => [trial]);
    const most = limits.packSize ?? packSizeFor(first.identity, limits);
    const share = Math.ceil(group.length / limits.numWorkers);
    const size = Math.max(1, limits.packSize === undefined ? Math.min(most, share) : most);
    return cut(group, Math.ceil(group.length / size));
  });
}

/** Two halves, the smaller pieces that a device out of memory may still hold. A single trial cannot be halved. */
export const halve = (pack: Pack): Pack[] => cut(pack, 2);

/** `count` pieces as equal as can be. */
function cut(trials: Pack, count: number): Pack[] {
  const bounds = Array.from({ length: count + 1 }, (_, i) => Math.round((i * trials.length) / count));
  return bounds.slice(1).map((end, i) => trials.slice(bounds[i], end));
}

function packKey({
  dataset,
  model,
  queryModel,
  initialPoolSize,
  queryBatchSize,
  budget,
}: TrialIdentity): string {
  const { normalization } = dataset;
  return canonicalJson({
    data: datasetKey(dataset),
    normalization,
    model,
    queryModel,
    initialPoolSize,
    queryBatchSize,
    budget,
  });
}

/** 1 where the engine computes networks best one by one. */
function packSizeFor(identity: TrialIdentity, { packing, infoOf, numWorkers }: PackLimits): number {
  if (packing === undefined) return 1;
  const info = infoOf(datasetKey(identity.dataset));
  const scaling = normalizationOf(info, identity.dataset);
  const bytes = replicaBytes(info, scaling, identity.model, identity.budget);
  const fitting = Math.floor(packing.memoryBytes / numWorkers / bytes);
  return Math.max(1, Math.min(packing.mostReplicas, fitting));
}
