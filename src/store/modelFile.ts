/** Where a trial's final model lies: `models/<trial id>.onnx` beside the records. */
import { existsSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeDirectory } from '../foundation/makeDirectory.ts';
import { guardFile } from './fileErrors.ts';

const modelPath = (directory: string, trialId: string): string =>
  join(directory, 'models', `${trialId}.onnx`);

export const hasModel = (directory: string, trialId: string): boolean =>
  existsSync(modelPath(directory, trialId));

/** Whole or not at all. Throws what `guardFile` throws. */
export function writeModel(directory: string, trialId: string, bytes: Uint8Array): void {
  const path = modelPath(directory, trialId);
  guardFile('write', path, () => {
    makeDirectory(dirname(path));
    writeFileSync(`${path}.part`, bytes);
    renameSync(`${path}.part`, path);
  });
}
