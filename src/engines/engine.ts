/** What runs programs. An engine knows graphs and devices, and nothing of models or active learning. */
import type { DType } from '../tensor/node.ts';
import type { Program } from '../tensor/program.ts';

export type TypedArray = Float32Array | Int32Array | Uint8Array;

/** A tensor in this process's memory, row-major. */
export interface HostTensor {
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly data: TypedArray;
}

/** A tensor where the engine computes; on a GPU it stays there until it is read. */
export interface DeviceTensor {
  readonly dtype: DType;
  readonly shape: readonly number[];
  /** A copy in this process's memory, or the very memory where the device is the CPU: do not write into it. */
  read(): Promise<HostTensor>;
  dispose(): void;
}

export interface Executable {
  /**
   * Runs the program once. Every input must be given, with the declared element type and a fitting shape.
   * The results belong to the caller. Throws where an input is missing or does not fit.
   */
  run(inputs: Readonly<Record<string, DeviceTensor>>): Promise<Record<string, DeviceTensor>>;
  dispose(): Promise<void>;
}

/** How much fits into one program on a device. */
export interface Packing {
  /** Networks beyond this many gain nothing. */
  readonly mostReplicas: number;
  /** Memory of the device that a training program may take. */
  readonly memoryBytes: number;
  /** Rows, of all replicas together, that prediction should take at once. */
  readonly rowsPerRun: number;
}

export interface Engine {
  readonly name: string;
  /** One of the engine's devices in the registry; where the best there is was asked for, the one that was found. */
  readonly device: string;
  /** The engine, its device, versions of libraries and whatever else may decide the last bit of a result. */
  readonly environment: Readonly<Record<string, string>>;
  /** Present where several networks are better trained as one program than one by one. */
  readonly packing?: Packing;
  /** Hands a tensor to the device. The engine may use `tensor.data` without copying: do not write into it. */
  upload(tensor: HostTensor): DeviceTensor;
  compile(program: Program): Promise<Executable>;
}
