/** A learner that shares its runs with no other. */
import type { Dataset, Normalization } from '../datasets/dataset.ts';
import type { Engine } from '../engines/engine.ts';
import type { ModelConfig } from '../models/modelConfig.ts';
import type { Learner } from './learner.ts';
import { createLockstep } from './lockstep.ts';
import { createReplicaLearner } from './replicaLearner.ts';

export interface OwnLearner extends Learner {
  dispose(): Promise<void>;
}

/** Compiles the model's programs for one data set. */
export async function createLearner(
  engine: Engine,
  dataset: Dataset,
  normalization: Normalization,
  config: ModelConfig,
): Promise<OwnLearner> {
  const replicas = await createReplicaLearner(engine, dataset, normalization, config, 1);
  return { ...createLockstep(replicas).join(), dispose: () => replicas.dispose() };
}
