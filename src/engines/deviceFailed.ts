/** A device that gave up in mid-run: what a scheduler can answer with smaller packs or with another device. */

export type DeviceFailureKind = 'out-of-memory' | 'lost';

export class DeviceFailed extends Error {
  override readonly name = 'DeviceFailed';
  /** `out-of-memory`: the same work in smaller pieces may fit. `lost`: this process can use the device no more. */
  readonly kind: DeviceFailureKind;
  readonly device: string;

  constructor(device: string, kind: DeviceFailureKind, cause: Error) {
    const what = kind === 'lost' ? 'was lost' : 'ran out of memory';
    super(`The device "${device}" ${what}: ${cause.message}`, { cause });
    this.kind = kind;
    this.device = device;
  }
}

/**
 * Words of Dawn (the runtime's WebGPU), of CUDA, cuBLAS and cuDNN, of TensorFlow, and of ONNX Runtime's own allocator. A
 * buffer above the device's limits counts as out of memory: half a pack needs buffers half as large. Dawn reports the allocation that
 * failed elsewhere; what is thrown is that the buffer is invalid, or that one cut in pieces makes too many of them.
 */
const patterns: Readonly<Record<DeviceFailureKind, RegExp>> = {
  'out-of-memory':
    /out of (device )?memory|OOM when allocating|Allocation size too large|\[Invalid Buffer|Too many storage buffers in shader|narrowing_error|bad_alloc|bad allocation|ALLOC_FAILED|MemoryAllocation|Failed to allocate|(exceeds|greater than|larger than) the max\w*( \w+)* (size|limit)/i,
  lost: /device (was |is )?lost|DeviceLost|DEVICE_LOST|device is unavailable|DevicesUnavailable|LaunchFailure|launch failure|IllegalAddress|illegal memory access|uncorrectable/i,
};

/** `error` as a `DeviceFailed` where its message says so, else `error` itself. */
export function asDeviceFailure(device: string, error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof DeviceFailed) return error;
  for (const kind of ['out-of-memory', 'lost'] as const) {
    if (patterns[kind].test(error.message)) return new DeviceFailed(device, kind, error);
  }
  return error;
}
