/** The nodes of one ONNX graph as they are lowered. A loop becomes `Scan`, whose body is a graph of its own. */
import type { DType, Loop, LoopResultNode, MaxPool2dNode, Node, Shape } from '../../tensor/node.ts';
import { topologicalOrder } from '../../tensor/traversal.ts';
import type { GraphWriter } from './graphWriter.ts';
import type { KernelSet } from './kernelSet.ts';
import { lowerOperator } from './lowerOperator.ts';
import type { OnnxAttribute, OnnxGraph, OnnxInitializer, OnnxNode, OnnxValue } from './onnxModel.ts';

/** What all graphs within one model share. */
export interface GraphContext {
  readonly kernels: KernelSet;
  readonly initializers: OnnxInitializer[];
  /** For names that no other value has. */
  readonly counter: { next: number };
}

export const newContext = (kernels: KernelSet): GraphContext => ({
  ...{ kernels, initializers: [], counter: { next: 0 } },
});

export function value(name: string, node: { dtype: DType; shape: Shape }): OnnxValue {
  return { name, type: node.dtype, shape: node.shape };
}

/** The nodes of one ONNX graph, and the names of values in it and (through `parent`) around it. */
export class GraphScope implements GraphWriter {
  readonly kernels: KernelSet;
  readonly nodes: OnnxNode[];
  readonly names = new Map<Node, string>();
  readonly poolIndices = new Map<MaxPool2dNode, string>();
  readonly #loops = new Map<Loop, string[]>();
  readonly #context: GraphContext;
  readonly #parent: GraphScope | undefined;

  /** `nodes` are shared where the scope is a part of another's graph. */
  constructor(context: GraphContext, parent?: GraphScope, nodes: OnnxNode[] = []) {
    this.kernels = context.kernels;
    this.nodes = nodes;
    this.#context = context;
    this.#parent = parent;
  }

  name(node: Node): string {
    const name = this.names.get(node) ?? this.#parent?.name(node);
    if (name === undefined) throw new Error(`A ${node.op} node was used before it was lowered.`);
    return name;
  }

  one(
    type: string,
    inputs: readonly string[],
    attributes: Readonly<Record<string, OnnxAttribute>> = {},
    domain: OnnxNode['domain'] = '',
  ): string {
    const output = this.fresh();
    this.nodes.push({ type, domain, inputs, outputs: [output], attributes });
    return output;
  }

  emit(
    type: string,
    inputs: readonly string[],
    attributes: Readonly<Record<string, OnnxAttribute>>,
    outputs: readonly string[],
  ): void {
    this.nodes.push({ type, domain: '', inputs, outputs, attributes });
  }

  fresh(): string {
    return `t${this.#context.counter.next++}`;
  }

  /** Constants live in the outermost graph, where the bodies of loops can read them too. */
  initializer(
    type: OnnxInitializer['type'],
    shape: readonly number[],
    data: OnnxInitializer['data'],
  ): string {
    const name = this.fresh();
    this.#context.initializers.push({ name, type, shape, data });
    return name;
  }

  int64s(values: readonly number[]): string {
    return this.initializer('int64', [values.length], BigInt64Array.from(values, BigInt));
  }

  /** Lowers `roots` and all they depend on that is not known yet. */
  lower(roots: readonly Node[]): void {
    const order = topologicalOrder(roots, (node) => this.knows(node));
    for (const node of order) {
      if (node.op === 'maxPool2dGradient' && this.kernels.maxUnpool)
        this.poolIndices.set(node.pool, this.fresh());
    }
    for (const node of order) this.names.set(node, this.#lower(node));
  }

  #lower(node: Node): string {
    if (node.op === 'input') throw new Error(`Input "${node.name}" does not belong to this program.`);
    return node.op === 'loopResult' ? this.#loopResult(node) : lowerOperator(node, this);
  }

  #loopResult(node: LoopResultNode): string {
    const outputs = this.#loops.get(node.loop) ?? this.#lowerLoop(node.loop);
    this.#loops.set(node.loop, outputs);
    return outputs[node.index] as string;
  }

  #lowerLoop({ carry, sequences, body }: Loop): string[] {
    if (!this.kernels.scan) throw new Error('A loop within a graph needs a provider that has Scan.');
    const inner = new GraphScope(this.#context, this);
    const inputs = [...body.carryInputs, ...body.sliceInputs].map((node) => {
      const name = this.fresh();
      inner.names.set(node, name);
      return value(name, node);
    });
    const results = [...body.carry, ...body.outputs];
    inner.lower(results);
    const taken = new Set<string>();
    const outputs = results.map((node) => {
      // A body output must be computed in the body, and once: Identity would copy all the others for nothing.
      const own = inner.names.get(node);
      const isFree = own !== undefined && !inputs.some((item) => item.name === own) && !taken.has(own);
      const name = isFree ? own : inner.one('Identity', [inner.name(node)]);
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
