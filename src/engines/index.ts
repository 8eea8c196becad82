/** The registry of engines. Heavy ones load when asked for. */
import { lookUp } from '../foundation/nearest.ts';
import type { Engine } from './engine.ts';

export interface EngineEntry {
  readonly description: string;
  create(): Promise<Engine>;
}

/** Explicit: an engine's name is its key. */
export const engines: Readonly<Record<string, EngineEntry>> = {
  onnx: {
    description: 'ONNX Runtime on the CPU: whole training runs as one native program (default)',
    create: async () => (await import('./onnx/onnxEngine.ts')).createOnnxEngine(),
  },
  reference: {
    description: 'plain TypeScript, hundreds of times slower: what the other engines are tested against',
    create: async () => (await import('./reference/referenceEngine.ts')).referenceEngine,
  },
};

/** Throws `UserError("unknown-name")`. */
export function createEngine(name: string): Promise<Engine> {
  return lookUp('engine', engines, name).create();
}
