/** Looks up a program's input among those given. */
import type { InputNode } from '../tensor/node.ts';
import type { DeviceTensor } from './engine.ts';

/** Throws where the input is missing or has another element type. */
export function inputTensor(given: Readonly<Record<string, DeviceTensor>>, node: InputNode): DeviceTensor {
  const tensor = given[node.name];
  if (tensor === undefined) throw new Error(`Input "${node.name}" is missing.`);
  if (tensor.dtype !== node.dtype) {
    throw new Error(`Input "${node.name}" is ${tensor.dtype}, declared ${node.dtype}.`);
  }
  return tensor;
}
