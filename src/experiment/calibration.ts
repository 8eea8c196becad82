/**
 * How fast a machine is just now, as the seconds of a fixed piece of work: half of it small matrix products on the
 * engine's device, half arithmetic in plain JavaScript, as training and selecting are. None of it is code that a
 * change of querybench makes slower, which would go unnoticed if both sides of a ratio slowed down alike. Never
 * change the amount of work: the unit of every baseline's times would change with it.
 */
import type { DeviceTensor, Engine } from '../engines/engine.ts';
import type { Node } from '../tensor/node.ts';
import { constant, input, matMul, relu } from '../tensor/ops.ts';
import { program } from '../tensor/program.ts';

export interface Calibration {
  /** Of the fixed work; measured anew where the last measurement is too old to speak of now. */
  seconds(): Promise<number>;
}

/** Seconds: a shared machine's speed changes within such times. Measuring takes about a tenth of it. */
const LIFETIME = 3;
/** The median of as many; one before them, which pays for caches and compilation, is not counted. */
const NUM_REPETITIONS = 7;

const NUM_CALLS = 60;
/** Seconds: an engine too slow for all the calls in this time makes fewer, and they count for all. */
const TIME_FOR_CALLS = 0.05;
const NUM_PRODUCTS = 8;
const NUM_ROWS = 32;
const WIDTH = 128;
const NUM_EXPONENTIALS = 400_000;

/** Compiles the work for the engine's device. @param lifetime seconds after which to measure anew */
export async function createCalibration(engine: Engine, lifetime = LIFETIME): Promise<Calibration> {
  const products = await engine.compile(program({ y: chain() }));
  const x = engine.upload({ dtype: 'float32', shape: [NUM_ROWS, WIDTH], data: sawtooth(NUM_ROWS * WIDTH) });
  let last: { readonly seconds: number; readonly at: number } | undefined;
  return {
    async seconds() {
      if (last !== undefined && secondsSince(last.at) < lifetime) return last.seconds;
      const times: number[] = [];
      for (let i = 0; i <= NUM_REPETITIONS; i++) {
        const native = await secondsOfCalls(async () => finished(await products.run({ x })));
        const start = performance.now();
        entropies(NUM_EXPONENTIALS);
        times.push(native + secondsSince(start));
      }
      last = { seconds: median(times.slice(1)), at: performance.now() };
      return last.seconds;
    },
  };
}

async function secondsOfCalls(call: () => Promise<void>): Promise<number> {
  const start = performance.now();
  let numCalls = 0;
  while (numCalls < NUM_CALLS && (numCalls === 0 || secondsSince(start) < TIME_FOR_CALLS)) {
    await call();
    numCalls++;
  }
  return (secondsSince(start) / numCalls) * NUM_CALLS;
}

function secondsSince(start: number): number {
  return (performance.now() - start) / 1000;
}

/** [NUM_ROWS, WIDTH] through as many products; the weights keep values of the size they had. */
function chain(): Node {
  const weights = constant(
    sawtooth(WIDTH * WIDTH).map((value) => value / WIDTH),
    [WIDTH, WIDTH],
  );
  let y: Node = input('x', 'float32', [NUM_ROWS, WIDTH]);
  for (let i = 0; i < NUM_PRODUCTS; i++) y = relu(matMul(y, weights));
  return y;
}

/** Values in (0, 2], with mean 1. */
function sawtooth(length: number): Float32Array<ArrayBuffer> {
  return Float32Array.from({ length }, (_, i) => 2 - ((i * 37) % 64) / 32);
}

/** On a device that works by itself, a result that has been read is one that has been computed. */
async function finished(outputs: Readonly<Record<string, DeviceTensor>>): Promise<void> {
  for (const output of Object.values(outputs)) {
    await output.read();
    output.dispose();
  }
}

/** Entropies of rows of ten, as a measure computes them. Returns a sum, so that nothing of it can be left out. */
function entropies(count: number): number {
  const values = new Float64Array(10);
  let sum = 0;
  for (let i = 0; i < count; i++) {
    const p = Math.exp(-((i * 37) % 101) / 50);
    values[i % 10] = -p * Math.log(p + 1e-9);
    if (i % 10 === 9) for (let c = 0; c < 10; c++) sum += values[c] as number;
  }
  return sum;
}

function median(times: readonly number[]): number {
  return [...times].sort((a, b) => a - b)[times.length >> 1] as number;
}
