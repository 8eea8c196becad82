/** Lowers a program to one ONNX graph. A loop becomes `Scan`, whose body is a graph of its own. */
import {
  type DType,
  type Loop,
  type LoopResultNode,
  type Node,
  type Shape,
  topologicalOrder,
} from '../../tensor/node.ts';
import type { Program } from '../../tensor/program.ts';
import type { OnnxAttribute, OnnxGraph, OnnxInitializer, OnnxNode, OnnxValue } from './onnxModel.ts';

/** The ONNX graph, its inputs named as the program's and its outputs by `outputName`. Throws where an operation has no lowering. */
export function lowerProgram({ inputs, outputs }: Program): OnnxGraph {
  const initializers: OnnxInitializer[] = [];
  const scope = new Scope(initializers, undefined, { next: 0 });
  for (const node of inputs) scope.names.set(node, node.name);
  const roots = Object.entries(outputs);
  const known = (node: Node): boolean => scope.knows(node);
  for (const node of topologicalOrder(
    roots.map(([, root]) => root),
    known,
  ))
    scope.lower(node);
  for (const [name, node] of roots) scope.emit('Identity', [scope.name(node)], {}, [outputName(name)]);
  return {
    name: 'program',
    nodes: scope.nodes,
    initializers,
    inputs: inputs.map((node) => value(node.name, node)),
    outputs: roots.map(([name, node]) => value(outputName(name), node)),
  };
}

/** ONNX wants every name once, while a program may take and return state under the same name. */
export const outputName = (name: string): string => `${name}.next`;

function value(name: string, node: { dtype: DType; shape: Shape }): OnnxValue {
  return { name, type: node.dtype, shape: node.shape };
}

const unaryOperators = {
  exp: 'Exp',
  log: 'Log',
  neg: 'Neg',
  relu: 'Relu',
  sign: 'Sign',
  sqrt: 'Sqrt',
} as const;
const binaryOperators = { add: 'Add', sub: 'Sub', mul: 'Mul', div: 'Div' } as const;
const castTypes = { float32: 1, uint8: 2, int32: 6 } as const;

/** The nodes of one ONNX graph, and the names of values in it and (through `parent`) around it. */
class Scope {
  readonly nodes: OnnxNode[] = [];
  readonly names = new Map<Node, string>();
  readonly #loops = new Map<Loop, string[]>();
  readonly #initializers: OnnxInitializer[];
  readonly #parent: Scope | undefined;
  readonly #counter: { next: number };

  constructor(initializers: OnnxInitializer[], parent: Scope | undefined, counter: { next: number }) {
    this.#initializers = initializers;
    this.#parent = parent;
    this.#counter = counter;
  }

  name(node: Node): string {
    const name = this.names.get(node) ?? this.#parent?.name(node);
    if (name === undefined) throw new Error(`A ${node.op} node was used before it was lowered.`);
    return name;
  }

  emit(
    type: string,
    inputs: readonly string[],
    attributes: Record<string, OnnxAttribute> = {},
    outputs: readonly string[] = [this.fresh()],
    domain: OnnxNode['domain'] = '',
  ): readonly string[] {
    this.nodes.push({ type, domain, inputs, outputs, attributes });
    return outputs;
  }

  fresh(): string {
    return `t${this.#counter.next++}`;
  }

  /** Constants live in the outermost graph, where the bodies of loops can read them too. */
  initializer(
    type: OnnxInitializer['type'],
    shape: readonly number[],
    data: OnnxInitializer['data'],
  ): string {
    const name = this.fresh();
    this.#initializers.push({ name, type, shape, data });
    return name;
  }

  int64s(values: readonly number[]): string {
    return this.initializer('int64', [values.length], BigInt64Array.from(values, BigInt));
  }

  lower(node: Node): void {
    this.names.set(node, this.#lower(node));
  }

  #lower(node: Node): string {
    const one = (
      type: string,
      inputs: readonly string[],
      attributes: Record<string, OnnxAttribute> = {},
    ): string => this.emit(type, inputs, attributes)[0] as string;
    switch (node.op) {
      case 'input':
        throw new Error(`Input "${node.name}" does not belong to this program.`);
      case 'constant':
        return this.initializer(node.dtype, node.shape as number[], node.data);
      case 'unary': {
        const x = this.name(node.x);
        return node.kind === 'square' ? one('Mul', [x, x]) : one(unaryOperators[node.kind], [x]);
      }
      case 'binary':
        return one(binaryOperators[node.kind], [this.name(node.a), this.name(node.b)]);
      case 'matMul': {
        const attributes = { transA: Number(node.transposeA), transB: Number(node.transposeB) };
        const inputs = [this.name(node.a), this.name(node.b)];
        if (!node.transposeA && !node.transposeB) return one('MatMul', inputs);
        return this.emit('FusedMatMul', inputs, attributes, [this.fresh()], 'com.microsoft')[0] as string;
      }
      case 'reduceSum':
        return one('ReduceSum', [this.name(node.x), this.int64s(node.axes)], { keepdims: 1 });
      case 'logSoftmax':
        return one('LogSoftmax', [this.name(node.x)], { axis: -1 });
      case 'reshape':
        return one('Reshape', [this.name(node.x), this.#shape(node.shape, node.x)]);
      case 'broadcast':
        return one('Expand', [this.name(node.x), this.#shape(node.shape, node.x)]);
      case 'gather':
        return one('Gather', [this.name(node.table), this.name(node.indices)], { axis: 0 });
      case 'slice':
        return one('Slice', [
          this.name(node.x),
          ...[node.start, node.end, node.axis].map((i) => this.int64s([i])),
        ]);
      case 'concat':
        return one(
          'Concat',
          node.parts.map((part) => this.name(part)),
          { axis: node.axis },
        );
      case 'cast':
        return one('Cast', [this.name(node.x)], { to: castTypes[node.dtype] });
      case 'loopResult':
        return this.#loopResult(node);
    }
  }

  /** A shape as a tensor: at most one named size, which the operator works out by itself. */
  #shape(shape: Shape, x: Node): string {
    const named = shape.filter((dim) => typeof dim === 'string');
    if (named.length > 1) throw new Error(`A shape with sizes ${named.join(' and ')} cannot be lowered.`);
    if (x.op === 'broadcast') throw new Error('A broadcast of a broadcast cannot be lowered.');
    return this.int64s(shape.map((dim) => (typeof dim === 'number' ? dim : -1)));
  }

  #loopResult(node: LoopResultNode): string {
    const outputs = this.#loops.get(node.loop) ?? this.#lowerLoop(node.loop);
    this.#loops.set(node.loop, outputs);
    return outputs[node.index] as string;
  }

  #lowerLoop({ carry, sequences, body }: Loop): string[] {
    const inner = new Scope(this.#initializers, this, this.#counter);
    const inputs = [...body.carryInputs, ...body.sliceInputs].map((node) => {
      const name = this.fresh();
      inner.names.set(node, name);
      return value(name, node);
    });
    const results = [...body.carry, ...body.outputs];
    for (const node of topologicalOrder(results, (known) => inner.knows(known))) inner.lower(node);
    const taken = new Set<string>();
    const outputs = results.map((node) => {
      // A body output must be computed in the body, and once: Identity would copy all the others for nothing.
      const own = inner.names.get(node);
      const isFree = own !== undefined && !inputs.some((item) => item.name === own) && !taken.has(own);
      const name = isFree ? own : (inner.emit('Identity', [inner.name(node)])[0] as string);
      taken.add(name);
      return value(name, node);
    });
    const graph: OnnxGraph = { name: this.fresh(), nodes: inner.nodes, initializers: [], inputs, outputs };
    const operands = [...carry, ...sequences].map((node) => this.name(node));
    const names = results.map(() => this.fresh());
    this.emit('Scan', operands, { body: graph, num_scan_inputs: sequences.length }, names);
    return names;
  }

  knows(node: Node): boolean {
    return this.names.has(node) || (this.#parent?.knows(node) ?? false);
  }
}
