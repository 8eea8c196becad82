/**
 * Tensors of the WebGPU device. What a program returns stays there; what the host hands over travels when it is first
 * needed, and once only.
 */
import type { Tensor } from 'onnxruntime-node';
import type { DType } from '../../tensor/node.ts';
import { numElements } from '../../tensor/shape.ts';
import type { DeviceTensor, HostTensor, TypedArray } from '../engine.ts';

/** Both ways over the bus. */
export interface Transfer {
  upload(tensor: HostTensor): Promise<Tensor>;
  download(tensor: Tensor): Promise<TypedArray>;
  /** In the host's memory, to be handed to a run that copies it. */
  wrap(tensor: HostTensor): Tensor;
}

export interface GpuTensor extends DeviceTensor {
  /** For a program that reads it many times: on the device from now on. */
  resident(): Promise<Tensor>;
  /** For a program that reads it once: wherever it is, if it is small. */
  feed(): Promise<Tensor>;
}

export const isGpuTensor = (tensor: DeviceTensor): tensor is GpuTensor => 'resident' in tensor;

/** Below this, a run's own copy of an input costs less than a run that copies it for later. */
const LARGEST_COPY = 2 ** 16;

export function fromHost(host: HostTensor, transfer: Transfer): GpuTensor {
  let onDevice: Promise<Tensor> | undefined;
  const resident = (): Promise<Tensor> => {
    onDevice ??= transfer.upload(host);
    return onDevice;
  };
  return {
    ...{ dtype: host.dtype, shape: host.shape, resident },
    feed: async () =>
      onDevice === undefined && host.data.byteLength <= LARGEST_COPY ? transfer.wrap(host) : resident(),
    read: async () => host,
    dispose() {
      onDevice?.then((tensor) => tensor.dispose());
      onDevice = undefined;
    },
  };
}

export function fromDevice(tensor: Tensor, dtype: DType, transfer: Transfer): GpuTensor {
  const itself = async (): Promise<Tensor> => tensor;
  return {
    ...{ dtype, shape: tensor.dims, resident: itself, feed: itself },
    read: async () => ({ dtype, shape: tensor.dims, data: await transfer.download(tensor) }),
    dispose: () => tensor.dispose(),
  };
}

/** Pieces along the first axis, as one tensor: put together only where it is read. */
export function fromPieces(pieces: readonly Tensor[], dtype: DType, transfer: Transfer): GpuTensor {
  const [first] = pieces;
  if (first === undefined) throw new Error('A loop of no steps has no results to stack.');
  if (pieces.length === 1) return fromDevice(first, dtype, transfer);
  const length = pieces.reduce((sum, { dims }) => sum + (dims[0] as number), 0);
  const shape = [length, ...first.dims.slice(1)];
  let whole: GpuTensor | undefined;
  const read = async (): Promise<HostTensor> => {
    if (whole !== undefined) return whole.read();
    const data = emptyArray(dtype, numElements(shape));
    let offset = 0;
    for (const piece of pieces) {
      const values = await transfer.download(piece);
      data.set(values, offset);
      offset += values.length;
    }
    whole = fromHost({ dtype, shape, data }, transfer);
    return whole.read();
  };
  const assembled = async (): Promise<GpuTensor> => {
    await read();
    return whole as GpuTensor;
  };
  return {
    ...{ dtype, shape, read },
    resident: async () => (await assembled()).resident(),
    feed: async () => (await assembled()).feed(),
    dispose() {
      for (const piece of pieces) piece.dispose();
      whole?.dispose();
    },
  };
}

function emptyArray(dtype: DType, length: number): TypedArray {
  if (dtype === 'float32') return new Float32Array(length);
  return dtype === 'int32' ? new Int32Array(length) : new Uint8Array(length);
}
