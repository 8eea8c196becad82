/** Programs that look further into a network than prediction: its samples under dropout masks, and its embeddings. */
import type { SamplesConfig } from '../models/modelConfig.ts';
import { loop } from '../tensor/loop.ts';
import type { Node } from '../tensor/node.ts';
import { input, logSoftmax } from '../tensor/ops.ts';
import { type Program, program } from '../tensor/program.ts';
import { featureInput, maskName, minibatch, type ProgramDefinition } from './programs.ts';
import { stateInputs } from './trainingState.ts';

/**
 * Prediction under `numDrawn` dropout masks, each the same for every row or, `per-row`, every row's own: a loop over the
 * masks. What comes before the first dropout depends on no mask, so the loop captures it, computed once.
 *
 * Inputs: features [numSamples, numFeatures] bytes · indices [numReplicas, batchSize] · parameters as `state0`, … ·
 * masks [numDrawn, numReplicas, 1 or batchSize, …shape] bytes. Output: logProbabilities [numDrawn, numReplicas, batchSize,
 * numClasses].
 */
export function samplingProgram(definition: ProgramDefinition, kind?: SamplesConfig['masks']): Program {
  const { network, numReplicas } = definition;
  const { x, parameters } = predictionInputs(definition);
  const numMasked = kind === 'per-row' ? 'batchSize' : 1;
  const masks = network.masks.map(({ shape }, i) =>
    input(maskName(i), 'uint8', ['numDrawn', numReplicas, numMasked, ...shape]),
  );
  const { outputs } = loop({
    numSteps: 'numDrawn',
    carry: [],
    sequences: masks,
    step: (_, sample) => ({ carry: [], outputs: [logSoftmax(network.forward(x, parameters, sample))] }),
  });
  return program({ logProbabilities: outputs[0] as Node });
}

/** Inputs: features · indices · parameters. Output: embeddings [numReplicas, batchSize, embeddingWidth]. */
export function embeddingProgram(definition: ProgramDefinition): Program {
  const { x, parameters } = predictionInputs(definition);
  return program({ embeddings: definition.network.embed(x, parameters) });
}

function predictionInputs(definition: ProgramDefinition) {
  const { network, numReplicas } = definition;
  const indices = input('indices', 'int32', [numReplicas, 'batchSize']);
  const x = minibatch(featureInput(definition), indices, definition);
  return { x, parameters: stateInputs(network, numReplicas, 0) };
}
