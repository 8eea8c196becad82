/** The engines and devices that are held against the reference engine: each a row of the parity suites. */
import type { Engine } from '../../src/engines/engine.ts';
import { createEngine } from '../../src/engines/index.ts';

export interface EngineRow {
  readonly name: string;
  readonly create: () => Promise<Engine>;
}

const row = (engine: string, device: string): EngineRow => ({
  name: `${engine} ${device}`,
  create: () => createEngine(engine, device),
});

export const engineRows: readonly EngineRow[] = [
  row('onnx', 'cpu'),
  row('tfjs', 'cpu'),
  // Its addon is built outside of this project, by `npm run test:tfjs-node`, which sets the variable.
  ...(process.env.QUERYBENCH_TEST_TFJS_NODE ? [row('tfjs', 'node')] : []),
];
