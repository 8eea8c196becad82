/** How much of a device's memory training one network takes: what decides how many are trained as one program. */
import type { DatasetInfo, Normalization } from '../datasets/dataset.ts';
import type { ModelConfig } from '../models/modelConfig.ts';
import { buildNetwork } from '../models/network.ts';
import { buildOptimizer } from '../models/optimizer.ts';
import type { Node } from '../tensor/node.ts';
import { numElements, resolveShape } from '../tensor/shape.ts';
import { topologicalOrder } from '../tensor/traversal.ts';
import { trainingProgram } from './programs.ts';

/**
 * Bytes for the network's weights, the optimiser's state, and every value that one step computes, none reused: more than
 * an engine needs that frees what it has read, less than one that computes several steps at once without freeing.
 *
 * @param numLabels labelled rows at most: a minibatch holds no more
 */
export function replicaBytes(
  info: DatasetInfo,
  normalization: Normalization,
  { layers, training }: ModelConfig,
  numLabels: number,
): number {
  const { sampleShape, numClasses, numSamples } = info;
  const network = buildNetwork(layers, { sampleShape, numClasses });
  const definition = { network, numReplicas: 1, numSamples, sampleShape, normalization };
  const { outputs } = trainingProgram(definition, buildOptimizer(training.optimizer), training);
  const epochLength = Math.max(numLabels, training.minimumSamplesPerEpoch);
  const batchSize = Math.min(training.batchSize, epochLength);
  const sizes = new Map([
    ['batchSize', batchSize],
    ['numSteps', 1],
  ]);
  const nodes = new Set<Node>(topologicalOrder(Object.values(outputs)));
  for (const node of [...nodes]) {
    if (node.op !== 'loopResult') continue;
    for (const inner of topologicalOrder([...node.loop.body.carry, ...node.loop.body.outputs]))
      nodes.add(inner);
  }
  let bytes = 0;
  for (const { op, shape, dtype, ...node } of nodes) {
    const isResident = op === 'input' && 'name' in node && node.name === 'features';
    if (isResident || op === 'reshape') continue;
    bytes += numElements(resolveShape(shape, sizes)) * (dtype === 'uint8' ? 1 : 4);
  }
  return bytes;
}
