import type { Engine, HostTensor } from '../../src/engines/engine.ts';
import type { Node } from '../../src/tensor/node.ts';
import { program } from '../../src/tensor/program.ts';

/** Compiles `outputs` on `engine`, runs them once on host tensors and reads every result. */
export async function runProgram(
  engine: Engine,
  outputs: Readonly<Record<string, Node>>,
  inputs: Readonly<Record<string, HostTensor>>,
): Promise<Record<string, HostTensor>> {
  const executable = await engine.compile(program(outputs));
  const given = Object.fromEntries(
    Object.entries(inputs).map(([name, tensor]) => [name, engine.upload(tensor)]),
  );
  const results = await executable.run(given);
  const read: Record<string, HostTensor> = {};
  for (const [name, tensor] of Object.entries(results)) {
    const { dtype, shape, data } = await tensor.read();
    read[name] = { dtype, shape, data: data.slice() };
  }
  await executable.dispose();
  return read;
}

export const named = (tensors: readonly HostTensor[]): Record<string, HostTensor> =>
  Object.fromEntries(tensors.map((tensor, i) => [`x${i}`, tensor]));
