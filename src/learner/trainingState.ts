/**
 * The state that a training run carries from step to step: the parameters, and for those that the optimiser moves its
 * slots. Outside the program each array has a name; inside the loop, small ones are packed.
 */
import { isStatistic } from '../models/layer.ts';
import type { Network } from '../models/network.ts';
import type { Optimizer } from '../models/optimizer.ts';
import type { Node } from '../tensor/node.ts';
import { input } from '../tensor/ops.ts';
import { packParameters } from './packParameters.ts';

/** Names under which programs take and return state: the parameters, then slot after slot of those that have slots. */
export const stateName = (index: number): string => `state${index}`;

/** What the optimiser moves, in the network's order. */
export const trainedParameters = ({ parameters }: Pick<Network, 'parameters'>) =>
  parameters.filter((spec) => !isStatistic(spec));

/** A run's state as nodes: one per parameter or slot, [numReplicas, …shape]. */
export function stateInputs(network: Network, numReplicas: number, numSlots: number): Node[] {
  const slots = Array.from({ length: numSlots }).flatMap(() => trainedParameters(network));
  return [...network.parameters, ...slots].map(({ shape }, i) =>
    input(stateName(i), 'float32', [numReplicas, ...shape]),
  );
}

/** One step's new values. */
interface StateUpdate {
  /** Of the loss, with respect to each trained parameter. */
  readonly gradients: readonly Node[];
  /** New values of the statistics. */
  readonly statistics: readonly Node[];
  /** The optimiser's numbers for this step. */
  readonly coefficients: readonly Node[];
}

export interface StateLayout {
  /** A run's state → what the loop carries. */
  pack(state: readonly Node[]): Node[];
  /** The inverse of `pack`. */
  unpack(carried: readonly Node[]): Node[];
  /** The network's parameters among what the loop carries. */
  parameters(carried: readonly Node[]): Node[];
  /** Those parameters that the optimiser moves. */
  trained(parameters: readonly Node[]): Node[];
  update(carried: readonly Node[], update: StateUpdate): Node[];
}

/** Carried are the packs of the trained parameters, those of each slot, and those of the statistics. */
export function layOutState(network: Network, optimizer: Optimizer, numReplicas: number): StateLayout {
  const isTrained = network.parameters.map((spec) => !isStatistic(spec));
  const ofTrained = packParameters(trainedParameters(network), numReplicas);
  const ofStatistics = packParameters(network.parameters.filter(isStatistic), numReplicas);
  const numTrained = isTrained.filter(Boolean).length;
  const numCopies = 1 + optimizer.numSlots;
  const copies = (nodes: readonly Node[], length: number): Node[][] =>
    Array.from({ length: numCopies }, (_, copy) => nodes.slice(copy * length, (copy + 1) * length));
  const trained = (parameters: readonly Node[]): Node[] => parameters.filter((_, i) => isTrained[i]);
  const statistics = (parameters: readonly Node[]): Node[] => parameters.filter((_, i) => !isTrained[i]);
  const parts = (carried: readonly Node[]) => ({
    packs: copies(carried, ofTrained.numPacks),
    statistics: carried.slice(numCopies * ofTrained.numPacks),
  });
  /** In the network's order. */
  const merge = (trainedNodes: readonly Node[], statisticNodes: readonly Node[]): Node[] => {
    const [next, nextStatistic] = [trainedNodes.values(), statisticNodes.values()];
    return isTrained.map((is) => (is ? next : nextStatistic).next().value as Node);
  };
  const parametersOf = (carried: readonly Node[]): Node[] => {
    const { packs, statistics: packedStatistics } = parts(carried);
    return merge(ofTrained.unpack(packs[0] ?? []), ofStatistics.unpack(packedStatistics));
  };
  return {
    pack(state) {
      const parameters = state.slice(0, isTrained.length);
      const slots = state.slice(isTrained.length);
      return [
        ...copies([...trained(parameters), ...slots], numTrained).flatMap(ofTrained.pack),
        ...ofStatistics.pack(statistics(parameters)),
      ];
    },
    unpack: (carried) => [
      ...parametersOf(carried),
      ...parts(carried).packs.slice(1).flatMap(ofTrained.unpack),
    ],
    parameters: parametersOf,
    trained,
    update(carried, { gradients, statistics: newStatistics, coefficients }) {
      const { packs } = parts(carried);
      const updates = ofTrained.pack(gradients).map((gradient, i) => {
        const [parameter, ...slots] = packs.map((copy) => copy[i] as Node);
        return optimizer.update(parameter as Node, gradient, slots, coefficients);
      });
      return [
        ...packs.flatMap((_, copy) => updates.map((update) => update[copy] as Node)),
        ...ofStatistics.pack(newStatistics),
      ];
    },
  };
}
