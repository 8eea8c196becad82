/**
 * Lowers some steps of a loop, unrolled, for a provider that has no loops: the host runs the graph again and again. All of
 * it stays on the device, even the number of the next step, by which the graph picks its slices of the sequences.
 */
import type { Loop, Node } from '../../tensor/node.ts';
import { GraphScope, newContext, value } from './graphScope.ts';
import type { KernelSet } from './kernelSet.ts';
import type { OnnxGraph } from './onnxModel.ts';

/** Names of a body's values; `next` marks what goes in again at the next run. */
export const stepNames = {
  step: 'step',
  nextStep: 'step.next',
  carry: (i: number): string => `carry${i}`,
  nextCarry: (i: number): string => `carry${i}.next`,
  sequence: (i: number): string => `sequence${i}`,
  captured: (i: number): string => `captured${i}`,
  /** [numUnrolled, …]: a per-step output of these steps. */
  output: (i: number): string => `output${i}`,
} as const;

/** What a body reads from outside and does not hold itself. */
export const capturedValues = ({ captured }: Loop): Node[] => captured.filter(({ op }) => op !== 'constant');

export function lowerSteps(loop: Loop, numUnrolled: number, kernels: KernelSet): OnnxGraph {
  const { carry, sequences, body, numSteps } = loop;
  const captured = capturedValues(loop);
  const context = newContext(kernels);
  const outer = new GraphScope(context);
  for (const [i, node] of captured.entries()) outer.names.set(node, stepNames.captured(i));
  outer.lower(loop.captured);
  const int32 = (number: number): string => outer.initializer('int32', [], Int32Array.of(number));
  let carried = carry.map((_, i) => stepNames.carry(i));
  const stacks: string[][] = body.outputs.map(() => []);
  for (let i = 0; i < numUnrolled; i++) {
    const index = i === 0 ? stepNames.step : outer.one('Add', [stepNames.step, int32(i)]);
    const scope = new GraphScope(context, outer, outer.nodes);
    for (const [c, node] of body.carryInputs.entries()) scope.names.set(node, carried[c] as string);
    for (const [s, node] of body.sliceInputs.entries()) {
      scope.names.set(node, outer.one('Gather', [stepNames.sequence(s), index], { axis: 0 }));
    }
    scope.lower([...body.carry, ...body.outputs]);
    carried = body.carry.map((node) => scope.name(node));
    for (const [o, node] of body.outputs.entries()) {
      stacks[o]?.push(scope.one('Unsqueeze', [scope.name(node), scope.int64s([0])]));
    }
  }
  outer.emit('Add', [stepNames.step, int32(numUnrolled)], {}, [stepNames.nextStep]);
  for (const [c, name] of carried.entries()) outer.emit('Identity', [name], {}, [stepNames.nextCarry(c)]);
  for (const [o, names] of stacks.entries()) outer.emit('Concat', names, { axis: 0 }, [stepNames.output(o)]);
  const scalar = { dtype: 'int32', shape: [] } as const;
  return {
    name: 'steps',
    nodes: outer.nodes,
    initializers: context.initializers,
    inputs: [
      value(stepNames.step, scalar),
      ...carry.map((node, i) => value(stepNames.carry(i), node)),
      ...sequences.map((node, i) =>
        value(stepNames.sequence(i), { ...node, shape: [numSteps, ...node.shape.slice(1)] }),
      ),
      ...captured.map((node, i) => value(stepNames.captured(i), node)),
    ],
    outputs: [
      value(stepNames.nextStep, scalar),
      ...body.carry.map((node, i) => value(stepNames.nextCarry(i), node)),
      ...body.outputs.map((node, i) =>
        value(stepNames.output(i), { ...node, shape: [numUnrolled, ...node.shape] }),
      ),
    ],
  };
}
