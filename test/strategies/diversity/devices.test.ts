/** What a strategy leaves on a device: nothing. Counted on an engine that keeps account, and computes by the reference. */
import { expect, it } from 'vitest';
import { createCompute } from '../../../src/engines/compute.ts';
import type { DeviceTensor, Engine } from '../../../src/engines/engine.ts';
import { referenceEngine } from '../../../src/engines/reference/referenceEngine.ts';
import { diversityStrategies } from '../../../src/strategies/diversity/index.ts';
import { contextWith, drawEmbeddings } from './embeddingsFixture.ts';

/** Tensors that were handed over or came out, and are not disposed of yet. */
function accountingEngine(): { engine: Engine; numHeld: () => number } {
  const held = new Set<DeviceTensor>();
  const track = (tensor: DeviceTensor): DeviceTensor => {
    const tracked: DeviceTensor = {
      ...tensor,
      dispose() {
        held.delete(tracked);
        tensor.dispose();
      },
    };
    held.add(tracked);
    return tracked;
  };
  const engine: Engine = {
    ...referenceEngine,
    upload: (tensor) => track(referenceEngine.upload(tensor)),
    async compile(program) {
      const executable = await referenceEngine.compile(program);
      return {
        ...executable,
        async run(inputs) {
          const results = await executable.run(inputs);
          return Object.fromEntries(Object.entries(results).map(([name, tensor]) => [name, track(tensor)]));
        },
      };
    },
  };
  return { engine, numHeld: () => held.size };
}

const options: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  discriminative: { steps: 3, hiddenUnits: 4, numParts: 2 },
  'cluster-margin': { maxClustered: 12 },
};

it.each(Object.keys(diversityStrategies))('%s leaves no tensor on the device', async (name) => {
  const { engine, numHeld } = accountingEngine();
  const shown = contextWith({ pool: drawEmbeddings(30, 3, 1), labelled: drawEmbeddings(5, 3, 2) });
  const context = { ...shown, compute: createCompute(engine) };
  const picked = await diversityStrategies[name]?.create(options[name] ?? {}).select(context, 6);
  expect(new Set(picked).size).toBe(6);
  expect(numHeld()).toBe(0);
});
