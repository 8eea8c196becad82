/** Where ONNX Runtime looks for its CUDA provider: beside its own library, in the npm package. */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** The provider's files that are not there; nothing missing does not mean that what they need is. */
export function missingCudaFiles(): { readonly folder: string; readonly missing: readonly string[] } {
  const entry = createRequire(import.meta.url).resolve('onnxruntime-node');
  const folder = join(dirname(entry), '..', 'bin', 'napi-v6', process.platform, process.arch);
  const names = ['onnxruntime_providers_shared', 'onnxruntime_providers_cuda'].map((name) =>
    process.platform === 'win32' ? `${name}.dll` : `lib${name}.so`,
  );
  return { folder, missing: names.filter((name) => !existsSync(join(folder, name))) };
}
