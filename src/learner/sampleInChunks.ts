/** MC-dropout: networks under many dropout masks, each held fixed over all rows (Gal & Ghahramani 2016; baal issue 49). */
import type { RandomStream } from '../foundation/randomStream.ts';
import type { Network } from '../models/network.ts';
import { numElements } from '../tensor/shape.ts';
import { drawDropoutMasks } from './dropoutMasks.ts';
import { maskName } from './programs.ts';
import { type ChunkedProgram, chunkInputs } from './runInChunks.ts';
import { anyOf, interleave, mapSlots, type Slots } from './slots.ts';

export interface MaskSampler extends ChunkedProgram {
  readonly network: Network;
}

/** One network's rows, and per dropout layer one mask for each sample, [numDrawn, …shape]. */
export interface SampleRequest {
  readonly rows: Int32Array;
  readonly masks: readonly Uint8Array[];
}

/** Sample k's masks are drawn from `streams[k]` alone: asking for more samples leaves the first ones as they are. */
export function drawSampleMasks(network: Network, streams: readonly RandomStream[]): Uint8Array[] {
  const drawn = streams.map((stream) =>
    drawDropoutMasks(network.masks, { numSteps: 1, batchSize: 1 }, stream),
  );
  return network.masks.map(({ shape }, layer) => {
    const width = numElements(shape);
    const data = new Uint8Array(streams.length * width);
    drawn.forEach((masks, k) => {
      data.set(masks[layer] as Uint8Array, k * width);
    });
    return data;
  });
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
    const data = interleave(
      asked.map((request) => (request ?? anyOf(asked)).masks[layer] as Uint8Array),
      numDrawn,
    );
    const full = [numDrawn, numReplicas, 1, ...shape];
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
