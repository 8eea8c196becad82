/** The shape after pooling. */
import { numWindows } from '../../tensor/imageOps.ts';
import { type ImageShape, imageShape, layerShapeError } from '../imageShape.ts';
import type { LayerContext } from '../layer.ts';

/** Throws `UserError("layer-shape")` where no window fits into the input. */
export function pooledShape(
  type: string,
  { size, stride }: { readonly size: number; readonly stride: number },
  context: LayerContext,
): ImageShape {
  const [channels, height, width] = imageShape(type, context);
  if (Math.min(height, width) >= size) {
    return [channels, numWindows(height, size, stride), numWindows(width, size, stride)];
  }
  throw layerShapeError(
    type,
    context,
    `at least ${size} × ${size} pixels`,
    'Pool less, or in smaller windows',
  );
}
