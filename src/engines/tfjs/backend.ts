/** What the interpreter asks of TensorFlow.js: one call into the backend, and tensors that somebody disposes of. */
import type { NamedAttrMap, NamedTensorMap, Tensor } from '@tensorflow/tfjs-core';
import type { Packing } from '../engine.ts';

export interface Backend {
  readonly device: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly packing?: Packing;
  /**
   * Makes this backend the one that calls go to. Engines on several devices share one TensorFlow.js, so whoever begins to
   * compute, or goes on after waiting, says so first.
   */
  activate(): void;
  /** One kernel by its TensorFlow.js name, without the checks and scopes of the functions that wrap it. */
  call(kernel: string, inputs: NamedTensorMap | readonly Tensor[], attributes?: NamedAttrMap): Tensor;
  /** The same for the kernels that return several tensors. */
  callForMany(kernel: string, inputs: NamedTensorMap, attributes?: NamedAttrMap): Tensor[];
  /** Logarithm of softmax over the last axis. */
  logSoftmax(x: Tensor): Tensor;
  /** `values` are kept, not copied. */
  tensor(values: Float32Array | Int32Array, shape: readonly number[]): Tensor;
}
