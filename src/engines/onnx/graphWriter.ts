/** Collects the nodes of one ONNX graph; `Scope` implements it. Operators are lowered through this interface alone. */
import type { MaxPool2dNode, Node } from '../../tensor/node.ts';
import type { KernelSet } from './kernelSet.ts';
import type { OnnxAttribute, OnnxInitializer, OnnxNode } from './onnxModel.ts';

export interface GraphWriter {
  readonly kernels: KernelSet;
  /** The name of a node's value, lowered before. */
  name(node: Node): string;
  /** Adds an operator with one output; returns the output's name. */
  one(
    type: string,
    inputs: readonly string[],
    attributes?: Readonly<Record<string, OnnxAttribute>>,
    domain?: OnnxNode['domain'],
  ): string;
  /** Adds an operator with the given outputs. */
  emit(
    type: string,
    inputs: readonly string[],
    attributes: Readonly<Record<string, OnnxAttribute>>,
    outputs: readonly string[],
  ): void;
  fresh(): string;
  initializer(type: OnnxInitializer['type'], shape: readonly number[], data: OnnxInitializer['data']): string;
  int64s(values: readonly number[]): string;
  /** Where a pool's largest values were, kept only for pools with a gradient; the name that its lowering gives it. */
  readonly poolIndices: Map<MaxPool2dNode, string>;
}
