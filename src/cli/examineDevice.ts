/**
 * A process of its own for one device of one engine: a driver that ends the process ends this one, and native libraries
 * that cannot share a process do not have to. Writes what it finds as one line of JSON.
 *
 * node examineDevice.js <engine> <device> [seconds of the probe]
 */
import { createEngine } from '../engines/index.ts';
import { createTrainingProbe, stepsPerSecond } from '../learner/trainingProbe.ts';
import { presets } from '../models/presets.ts';
import { add, input } from '../tensor/ops.ts';
import { program } from '../tensor/program.ts';
import type { DeviceFinding } from './finding.ts';

const [engineName = '', device = '', seconds = '0'] = process.argv.slice(2);

async function examine(): Promise<DeviceFinding> {
  try {
    const engine = await createEngine(engineName, device);
    const x = input('x', 'float32', [2]);
    const executable = await engine.compile(program({ twice: add(x, x) }));
    const { twice } = await executable.run({
      x: engine.upload({ dtype: 'float32', shape: [2], data: Float32Array.of(1, 2) }),
    });
    const result = await twice?.read();
    await executable.dispose();
    if (result?.data[1] !== 4) throw new Error(`It computed 2 + 2 = ${result?.data[1]}.`);
    if (Number(seconds) === 0) return { state: 'works', environment: engine.environment };
    const rates: Record<number, number> = {};
    for (const numReplicas of engine.packing === undefined ? [1] : [1, 32]) {
      const setting = { config: presets.mlp.config, sampleShape: [784], numReplicas };
      const probe = await createTrainingProbe(engine, setting);
      rates[numReplicas] = numReplicas * (await stepsPerSecond(probe, { seconds: Number(seconds) }));
      await probe.dispose();
    }
    return { state: 'works', environment: engine.environment, rates };
  } catch (error) {
    return { state: 'missing', reason: error instanceof Error ? error.message : String(error) };
  }
}

process.stdout.write(`${JSON.stringify(await examine())}\n`);
