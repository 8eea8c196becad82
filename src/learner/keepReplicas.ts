/** Weights of some replicas replaced, those of the others kept: what stop rules ask for. */
import type { DeviceTensor, Engine, Executable } from '../engines/engine.ts';
import type { Network } from '../models/network.ts';
import { add, input, mul, reshape, scalar, sub } from '../tensor/ops.ts';
import { type Program, program } from '../tensor/program.ts';

/** Inputs: isNew [numReplicas] of 0 and 1 · kept and next weights. Output: each replica's next where isNew, else kept. */
export function keepingProgram({ parameters }: Network, numReplicas: number): Program {
  const isNew = input('isNew', 'float32', [numReplicas]);
  const outputs = parameters.map(({ shape }, i) => {
    const full = [numReplicas, ...shape];
    const flag = reshape(isNew, [numReplicas, ...shape.map(() => 1)]);
    // Products with 0 and 1, not kept + isNew · (next − kept): that would round.
    const next = mul(input(`next${i}`, 'float32', full), flag);
    const kept = mul(input(`kept${i}`, 'float32', full), sub(scalar(1), flag));
    return [`next${i}`, add(next, kept)] as const;
  });
  return program(Object.fromEntries(outputs));
}

export interface Keeping {
  readonly engine: Engine;
  /** `keepingProgram`, compiled when first needed. */
  readonly keeper: () => Promise<Executable>;
}

/** Per parameter, `next` where `isNew`, else `kept`. All or none need no work: then the result is one of the two. */
export async function keepReplicas(
  { engine, keeper }: Keeping,
  kept: readonly DeviceTensor[],
  next: readonly DeviceTensor[],
  isNew: readonly boolean[],
): Promise<readonly DeviceTensor[]> {
  if (isNew.every(Boolean)) return next;
  if (!isNew.some(Boolean)) return kept;
  const flags = engine.upload({
    ...{ dtype: 'float32', shape: [isNew.length] },
    data: Float32Array.from(isNew, Number),
  });
  const named = (name: string, tensors: readonly DeviceTensor[]) =>
    Object.fromEntries(tensors.map((tensor, i) => [`${name}${i}`, tensor]));
  const executable = await keeper();
  const results = await executable.run({ isNew: flags, ...named('kept', kept), ...named('next', next) });
  return next.map((_, i) => results[`next${i}`] as DeviceTensor);
}
