/** The row for WebGPU: on the GPU's own driver where there is one, else on SwiftShader, a Vulkan driver in software. */
import { existsSync } from 'node:fs';
import { createEngine } from '../../src/engines/index.ts';
import { hasGraphicsHardware } from '../../src/engines/onnx/chooseDevice.ts';
import { UserError } from '../../src/foundation/userError.ts';
import type { EngineRow } from './engineRows.ts';

/** As Debian's package chromium lays it down. */
const swiftShader = '/usr/lib/chromium/vk_swiftshader_icd.json';

/** `undefined` where the device computes; else why it does not. */
async function problem(): Promise<string | undefined> {
  if (!hasGraphicsHardware() && existsSync(swiftShader)) process.env.VK_ICD_FILENAMES ??= swiftShader;
  try {
    await createEngine('onnx', 'webgpu');
    return undefined;
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
}

export const webgpuRow: EngineRow = {
  name: 'onnx webgpu',
  create: () => createEngine('onnx', 'webgpu'),
};

export const webgpuProblem = await problem();
