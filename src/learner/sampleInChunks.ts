/** MC-dropout: networks under many dropout masks (Gal & Ghahramani 2016). */
import type { Network } from '../models/network.ts';
import { numElements } from '../tensor/shape.ts';
import { maskName } from './programs.ts';
import { type ChunkedProgram, chunkInputs } from './runInChunks.ts';
import { anyOf, interleave, mapSlots, type Slots } from './slots.ts';

export interface MaskSampler extends ChunkedProgram {
  readonly network: Network;
}

/** One network's rows, and what a `MaskDrawer` gives for them. */
export interface SampleRequest {
  readonly rows: Int32Array;
  readonly masks: readonly Uint8Array[];
}

/** Class log-probabilities of as many rows for every full slot: [numDrawn, rows.length, numClasses] each. */
export async function sampleChunk(
  sampler: MaskSampler,
  asked: Slots<SampleRequest>,
  numDrawn: number,
): Promise<Slots<Float32Array>> {
  const { engine, network } = sampler;
  const numReplicas = asked.length;
  const numRows = anyOf(asked).rows.length;
  const rows = mapSlots(asked, (request) => request.rows);
  const inputs = chunkInputs(sampler, rows, { start: 0, numRows });
  network.masks.forEach(({ shape }, layer) => {
    const data = interleave(asked, ({ masks }) => masks[layer] as Uint8Array, numDrawn);
    const numMasked = data.length / (numDrawn * numReplicas * numElements(shape));
    const full = [numDrawn, numReplicas, numMasked, ...shape];
    inputs[maskName(layer)] = engine.upload({ dtype: 'uint8', shape: full, data });
  });
  const { logProbabilities } = await sampler.executable.run(inputs);
  if (logProbabilities === undefined) throw new Error('The sampling program returned nothing.');
  const { data } = await logProbabilities.read(); // [numDrawn, numReplicas, numRows, numClasses]
  const size = numRows * network.numClasses;
  const own = mapSlots(asked, (_, slot) => {
    const values = new Float32Array(numDrawn * size);
    for (let k = 0; k < numDrawn; k++) {
      const from = (k * numReplicas + slot) * size;
      values.set(data.subarray(from, from + size), k * size);
    }
    return values;
  });
  logProbabilities.dispose();
  return own;
}
