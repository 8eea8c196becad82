/** MC-dropout: one network under many dropout masks, each held fixed over all rows (Gal & Ghahramani 2016; baal issue 49). */
import type { DeviceTensor } from '../engines/engine.ts';
import type { RandomStream } from '../foundation/randomStream.ts';
import type { Network } from '../models/network.ts';
import { numElements } from '../tensor/shape.ts';
import { drawDropoutMasks } from './dropoutMasks.ts';
import { maskName } from './programs.ts';
import { type ChunkedProgram, chunkInputs, chunksOf } from './runInChunks.ts';
import type { SampleChunk } from './samples.ts';

export interface MaskSampler extends ChunkedProgram {
  readonly network: Network;
}

/** Sample k's masks are drawn from `streams[k]` alone: asking for more samples leaves the first ones as they are. */
export async function* sampleInChunks(
  sampler: MaskSampler,
  rows: Int32Array,
  streams: readonly RandomStream[],
  rowsPerRun?: number,
): AsyncGenerator<SampleChunk> {
  const masks = maskInputs(sampler, streams);
  for (const chunk of chunksOf(rows, rowsPerRun)) {
    const { logProbabilities } = await sampler.executable.run({ ...chunkInputs(sampler, chunk), ...masks });
    if (logProbabilities === undefined) throw new Error('The sampling program returned nothing.');
    const data = (await logProbabilities.read()).data.slice() as Float32Array;
    logProbabilities.dispose();
    yield {
      ...{ start: chunk.start, numRows: chunk.data.length, numDrawn: streams.length },
      ...{ numClasses: sampler.network.numClasses, logProbabilities: data },
    };
  }
}

/** One mask per sample and dropout layer, [numDrawn, 1, 1, …shape]. */
function maskInputs(
  { engine, network }: MaskSampler,
  streams: readonly RandomStream[],
): Record<string, DeviceTensor> {
  const drawn = streams.map((stream) =>
    drawDropoutMasks(network.masks, { numSteps: 1, batchSize: 1 }, stream),
  );
  const inputs = network.masks.map(({ shape }, layer) => {
    const width = numElements(shape);
    const data = new Uint8Array(streams.length * width);
    drawn.forEach((masks, k) => {
      data.set(masks[layer] as Uint8Array, k * width);
    });
    const full = [streams.length, 1, 1, ...shape];
    return [maskName(layer), engine.upload({ dtype: 'uint8', shape: full, data })] as const;
  });
  return Object.fromEntries(inputs);
}
