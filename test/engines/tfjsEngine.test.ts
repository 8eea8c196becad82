import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import type { DeviceTensor, Engine, HostTensor } from '../../src/engines/engine.ts';
import { createEngine } from '../../src/engines/index.ts';
import { createOnnxEngine } from '../../src/engines/onnx/onnxEngine.ts';
import { gradients } from '../../src/tensor/gradients.ts';
import { conv2d, maxPool2d } from '../../src/tensor/imageOps.ts';
import { loop } from '../../src/tensor/loop.ts';
import type { Node } from '../../src/tensor/node.ts';
import * as t from '../../src/tensor/ops.ts';
import { program } from '../../src/tensor/program.ts';
import { temporaryFolder } from '../folders.ts';

const floats = (shape: readonly number[], value = 0.5): HostTensor => {
  const length = shape.reduce((product, size) => product * size, 1);
  return { dtype: 'float32', shape, data: new Float32Array(length).fill(value) };
};

/** Steps of gradient descent through a convolution in two groups, a pool, a product with a mask and a gathered row. */
function smallTraining() {
  const [x, weights, bias] = [
    t.input('x', 'float32', [2, 2, 5, 5]),
    t.input('weights', 'float32', [4, 1, 2, 2]),
    t.input('bias', 'float32', [4]),
  ];
  const masks = t.input('masks', 'uint8', ['numSteps', 4]);
  const rows = t.input('rows', 'int32', ['numSteps', 1]);
  const geometry = { stride: 1, groups: 2, padding: { top: 1, left: 0, bottom: 0, right: 1 } };
  const { carry, outputs } = loop({
    numSteps: 'numSteps',
    carry: [weights, bias],
    sequences: [masks, rows],
    step([w, b], [mask, row]) {
      const pooled = maxPool2d(t.relu(conv2d(x, w as Node, b as Node, geometry)), 2, 2);
      const kept = t.mul(t.reshape(pooled, [2, 4, 4]), t.reshape(t.cast(mask as Node, 'float32'), [1, 4, 1]));
      const picked = t.gather(t.identityMatrix(4), row as Node);
      const loss = t.reduceSum(t.mul(kept, t.reshape(picked, [1, 4, 1])), [0, 1, 2]);
      const [dw, db] = gradients(loss, [w as Node, b as Node]);
      const step = t.scalar(0.01);
      return {
        carry: [t.sub(w as Node, t.mul(dw as Node, step)), t.sub(b as Node, t.mul(db as Node, step))],
        outputs: [loss, x],
      };
    },
  });
  return program({
    weights: carry[0] as Node,
    bias: carry[1] as Node,
    losses: outputs[0] as Node,
    // Given away twice, and not the program's to give.
    again: outputs[0] as Node,
    same: x,
  });
}

async function upload(engine: Engine, numSteps: number): Promise<Record<string, DeviceTensor>> {
  const inputs: Record<string, HostTensor> = {
    x: floats([2, 2, 5, 5]),
    weights: floats([4, 1, 2, 2]),
    bias: floats([4]),
    masks: { dtype: 'uint8', shape: [numSteps, 4], data: new Uint8Array(numSteps * 4).fill(1) },
    rows: { dtype: 'int32', shape: [numSteps, 1], data: new Int32Array(numSteps).fill(2) },
  };
  return Object.fromEntries(Object.entries(inputs).map(([name, tensor]) => [name, engine.upload(tensor)]));
}

const disposeAll = (tensors: Readonly<Record<string, DeviceTensor>>): void => {
  for (const tensor of Object.values(tensors)) tensor.dispose();
};

describe('memory', () => {
  it('holds after a run what the caller was given, however many steps it had, and nothing after all is disposed of', async () => {
    const engine = await createEngine('tfjs', 'cpu');
    const before = tf.memory().numTensors;
    const executable = await engine.compile(smallTraining());
    const held: number[] = [];
    for (const numSteps of [1, 2, 7]) {
      const inputs = await upload(engine, numSteps);
      const results = await executable.run(inputs);
      held.push(tf.memory().numTensors);
      disposeAll(results);
      disposeAll(inputs);
    }
    expect(new Set(held).size).toBe(1);
    await executable.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  it('is given back where a run fails in the middle', async () => {
    const engine = await createEngine('tfjs', 'cpu');
    const executable = await engine.compile(smallTraining());
    const inputs = await upload(engine, 3);
    disposeAll(await executable.run(inputs));
    const before = tf.memory().numTensors;
    const rows: HostTensor = { dtype: 'int32', shape: [3, 1], data: Int32Array.of(0, 1, 99) };
    await expect(executable.run({ ...inputs, rows: engine.upload(rows) })).rejects.toThrow(/99/);
    expect(tf.memory().numTensors).toBe(before);
    disposeAll(inputs);
    await executable.dispose();
  });
});

it('takes no steps where there are none, and another engine’s tensors', async () => {
  const engine = await createEngine('tfjs', 'cpu');
  const executable = await engine.compile(smallTraining());
  const inputs = await upload(await createOnnxEngine(), 0);
  const { weights, losses, same } = await executable.run(inputs);
  expect((await weights?.read())?.data).toEqual(floats([4, 1, 2, 2]).data);
  expect(losses?.shape).toEqual([0, 1, 1, 1]);
  expect((await same?.read())?.data).toEqual(floats([2, 2, 5, 5]).data);
});

it('lets messages through while a long loop runs', async () => {
  const engine = await createEngine('tfjs', 'cpu');
  const executable = await engine.compile(smallTraining());
  let ended = false;
  const run = executable.run(await upload(engine, 3000)).finally(() => {
    ended = true;
  });
  await new Promise(setImmediate);
  expect(ended).toBe(false);
  await run;
});

describe('a device that needs a package', () => {
  /** In a process of its own: loading changes the environment, and a package once found is remembered. */
  const messageFor = (device: string, nodePath: string): string => {
    const code = `import(process.argv[1]).then(({ createEngine }) => createEngine('tfjs', '${device}')).catch((error) => console.log(error.code, error.message))`;
    const index = new URL('../../dist/engines/index.js', import.meta.url).href;
    return execFileSync(process.execPath, ['--input-type=module', '-e', code, index], {
      encoding: 'utf8',
      env: { ...process.env, NODE_PATH: nodePath },
    });
  };

  it.each(['node', 'node-gpu'])('%s, not installed: says what is missing and the commands', (device) => {
    const message = messageFor(device, '');
    expect(message).toMatch(
      new RegExp(
        `^device-unavailable The tfjs engine's device "${device}" needs .*tfjs-${device}, and it is not installed`,
      ),
    );
    expect(message).toContain(`npm install --no-save --ignore-scripts @tensorflow/tfjs-${device}@4.22`);
    expect(message).toContain(`build-tfjs-node.sh . tfjs-${device}`);
  });

  it('installed, but not built', () => {
    const folder = temporaryFolder();
    const name = join(folder, '@tensorflow', 'tfjs-node');
    mkdirSync(name, { recursive: true });
    // What the package itself throws.
    const text = 'The Node.js native addon module (tfjs_binding.node) can not be found at path: here.';
    writeFileSync(join(name, 'index.js'), `throw new Error(${JSON.stringify(text)});`);
    expect(messageFor('node', folder)).toContain('tfjs-node, and its native addon is not built. Get it, on');
  });
});
