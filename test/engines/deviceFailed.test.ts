import { expect, test } from 'vitest';
import { asDeviceFailure, DeviceFailed } from '../../src/engines/deviceFailed.ts';

test.each([
  ['CUDA failure 2: out of memory ; GPU=0 ; hostname=x', 'out-of-memory'],
  [
    'Available memory of 1 is smaller than requested bytes: BFC Arena ran out of memory trying to allocate',
    'out-of-memory',
  ],
  ['CUBLAS failure 3: CUBLAS_STATUS_ALLOC_FAILED', 'out-of-memory'],
  ['Buffer size (68719476736) exceeds the max buffer size limit (2147483648).', 'out-of-memory'],
  ['[Invalid Buffer (unlabeled)] is invalid due to a previous error.', 'out-of-memory'],
  ['Too many storage buffers in shader. Current: 39, Max is 12', 'out-of-memory'],
  ['WebGPU device lost (2): A valid external Instance reference no longer exists.', 'lost'],
  ['CUDA failure 719: unspecified launch failure', 'lost'],
] as const)('%s', (message, kind) => {
  const failure = asDeviceFailure('webgpu', new Error(message));
  expect(failure).toBeInstanceOf(DeviceFailed);
  expect(failure).toMatchObject({ kind, device: 'webgpu', cause: new Error(message) });
});

test('anything else stays what it is', () => {
  const error = new Error('Input "x" is missing.');
  expect(asDeviceFailure('cuda', error)).toBe(error);
  const failure = new DeviceFailed('cuda', 'lost', error);
  expect(asDeviceFailure('cuda', failure)).toBe(failure);
});
