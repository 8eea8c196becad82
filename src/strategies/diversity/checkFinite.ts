/** Embeddings must be numbers, and not so large that their squares overflow. */
import { UserError } from '../../foundation/userError.ts';

/** Throws `UserError("nan-embedding")` unless all squared norms are finite. */
export function checkFinite(squaredNorms: Float32Array, what = 'embedded'): void {
  const bad = squaredNorms.reduce((count, norm) => count + Number(!Number.isFinite(norm)), 0);
  if (bad === 0) return;
  throw new UserError(
    'nan-embedding',
    `The model ${what} ${bad} of ${squaredNorms.length} samples as NaN or infinite, or too far from 0 to be squared. ` +
      'Distances need finite numbers: look for a model that diverged, or scale the embeddings down.',
  );
}
