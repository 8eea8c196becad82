/** An engine with the programs compiled on it so far: for products of matrices that belong to no model. */
import type { Program } from '../tensor/program.ts';
import type { Engine, Executable } from './engine.ts';

export interface Compute {
  readonly engine: Engine;
  /** The program under `key`, built and compiled when first asked for. `key` must name all that decides the program. */
  compiled(key: string, build: () => Program): Promise<Executable>;
  dispose(): Promise<void>;
}

export function createCompute(engine: Engine): Compute {
  const executables = new Map<string, Promise<Executable>>();
  return {
    engine,
    compiled(key, build) {
      const executable = executables.get(key) ?? engine.compile(build());
      executables.set(key, executable);
      return executable;
    },
    async dispose() {
      const all = await Promise.all(executables.values());
      executables.clear();
      await Promise.all(all.map((executable) => executable.dispose()));
    },
  };
}
