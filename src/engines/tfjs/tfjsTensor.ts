/** A tensor that goes to the device when first needed there. What a loop only slices never does. */
import type { Tensor } from '@tensorflow/tfjs-core';
import type { DType } from '../../tensor/node.ts';
import { numElements } from '../../tensor/shape.ts';
import type { DeviceTensor, HostTensor, TypedArray } from '../engine.ts';
import type { Backend } from './backend.ts';

export class TfjsTensor implements DeviceTensor {
  readonly dtype: DType;
  readonly shape: readonly number[];
  /** Undefined for what was computed on the device. */
  readonly host: TypedArray | undefined;
  readonly #backend: Backend;
  #device: Tensor | undefined;

  /** @param value either in this process's memory or on the device; it belongs to this tensor from now on */
  constructor(backend: Backend, dtype: DType, shape: readonly number[], value: TypedArray | Tensor) {
    this.#backend = backend;
    this.dtype = dtype;
    this.shape = shape;
    if (ArrayBuffer.isView(value)) this.host = value;
    else this.#device = value;
  }

  /** Belongs to this tensor. */
  onDevice(): Tensor {
    if (this.#device === undefined) {
      if (this.host === undefined) throw new Error('A tensor is used after it was disposed of.');
      this.#device = this.#backend.tensor(deviceValues(this.host), this.shape);
    }
    return this.#device;
  }

  async read(): Promise<HostTensor> {
    return { dtype: this.dtype, shape: this.shape, data: this.host ?? (await this.#download()) };
  }

  async #download(): Promise<TypedArray> {
    this.#backend.activate();
    const data = (await this.onDevice().data()) as TypedArray;
    return this.dtype === 'uint8' ? Uint8Array.from(data) : data;
  }

  dispose(): void {
    this.#device?.dispose();
    this.#device = undefined;
  }
}

/** TensorFlow.js has no bytes: on the device they are float32, as the programs cast them to after gathering. */
function deviceValues(values: TypedArray): Float32Array | Int32Array {
  return values instanceof Uint8Array ? Float32Array.from(values) : values;
}

/** Step `step` of a sequence [numSteps, …] in this process's memory, on the device. Belongs to the caller. */
export function hostSlice(
  backend: Backend,
  data: TypedArray,
  shape: readonly number[],
  step: number,
): Tensor {
  const sliceShape = shape.slice(1);
  const width = numElements(sliceShape);
  return backend.tensor(deviceValues(data.subarray(step * width, (step + 1) * width)), sliceShape);
}
