/** Optimisers against their textbook formulas, in double precision, on f(x) = Σ (i + 1)·x_i² / 2. */
import { expect, test } from 'vitest';
import type { DeviceTensor } from '../../src/engines/engine.ts';
import { referenceEngine } from '../../src/engines/reference/referenceEngine.ts';
import { buildOptimizer } from '../../src/models/optimizer.ts';
import { constant, input, mul } from '../../src/tensor/ops.ts';
import { program } from '../../src/tensor/program.ts';
import { optimizers } from './optimizers.ts';

const start = [1, -2, 0.5];
const gradient = (x: number[]) => x.map((value, i) => (i + 1) * value);
const adam = (decay: number, l: number) => {
  let [x, m, v] = [start, [0, 0, 0], [0, 0, 0]];
  for (let t = 1; t <= 5; t++) {
    const g = gradient(x);
    m = m.map((value, i) => 0.9 * value + 0.1 * (g[i] as number));
    v = v.map((value, i) => 0.999 * value + 0.001 * (g[i] as number) ** 2);
    x = x.map((value, i) => {
      const mHat = (m[i] as number) / (1 - 0.9 ** t);
      const vHat = (v[i] as number) / (1 - 0.999 ** t);
      return value * (1 - l * decay) - (l * mHat) / (Math.sqrt(vHat) + 1e-8);
    });
  }
  return x;
};
const sgd = (mu: number, nesterov: boolean, l: number) => {
  let [x, velocity] = [start, [0, 0, 0]];
  for (let t = 1; t <= 5; t++) {
    const g = gradient(x);
    velocity = velocity.map((value, i) => mu * value + (g[i] as number));
    x = x.map((value, i) => {
      const direction = nesterov ? (g[i] as number) + mu * (velocity[i] as number) : (velocity[i] as number);
      return value - l * direction;
    });
  }
  return x;
};
const expected: Record<string, number[]> = {
  sgd: sgd(0, false, 0.1),
  momentum: sgd(0.9, false, 0.1),
  nesterov: sgd(0.9, true, 0.1),
  adam: adam(0, 0.01),
  adamw: adam(0.1, 0.01),
};

test.each(Object.entries(optimizers))('%s', async (name, config) => {
  const optimizer = buildOptimizer(config);
  const x = input('x', 'float32', [3]);
  const slots = Array.from({ length: optimizer.numSlots }, (_, i) => input(`slot${i}`, 'float32', [3]));
  const coefficients = Array.from({ length: optimizer.numCoefficients }, (_, i) =>
    input(`c${i}`, 'float32', []),
  );
  const slope = mul(x, constant(Float32Array.of(1, 2, 3), [3]));
  const next = optimizer.update(x, slope, slots, coefficients);
  const outputs = Object.fromEntries(next.map((node, i) => [i === 0 ? 'x' : `slot${i - 1}`, node]));
  const executable = await referenceEngine.compile(program(outputs));
  const vector = (data: number[]): DeviceTensor =>
    referenceEngine.upload({
      dtype: 'float32',
      shape: data.length === 1 ? [] : [3],
      data: Float32Array.from(data),
    });
  let state: Record<string, DeviceTensor> = {
    x: vector(start),
    slot0: vector([0, 0, 0]),
    slot1: vector([0, 0, 0]),
  };
  for (let step = 0; step < 5; step++) {
    const scalars = optimizer.schedule(step).map((value, i) => [`c${i}`, vector([value])] as const);
    state = await executable.run({ ...state, ...Object.fromEntries(scalars) });
  }
  const result = (await (state.x as DeviceTensor).read()).data;
  expected[name]?.forEach((value, i) => {
    expect(result[i]).toBeCloseTo(value, 5);
  });
});
