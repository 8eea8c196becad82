/** Naive convolution and pooling. A convolution and both its gradients are the same products, summed into another place. */
import type { ConvGeometry } from '../../tensor/node.ts';
import { numElements } from '../../tensor/shape.ts';
import type { HostTensor } from '../engine.ts';

/** x [batchSize, groups · inChannels, height, width] with weights [groups · outChannels, inChannels, …kernel]. */
export function conv2d(
  x: HostTensor,
  weights: HostTensor,
  bias: HostTensor,
  geometry: ConvGeometry,
  shape: readonly number[],
): HostTensor {
  const [, outChannels, outHeight, outWidth] = shape as [number, number, number, number];
  const sums = Float64Array.from(
    { length: numElements(shape) },
    (_, i) => bias.data[Math.floor(i / (outHeight * outWidth)) % outChannels] as number,
  );
  forEachProduct({ x: x.shape, weights: weights.shape, result: shape, geometry }, (input, weight, output) => {
    sums[output] = (sums[output] as number) + (x.data[input] as number) * (weights.data[weight] as number);
  });
  return { dtype: 'float32', shape, data: Float32Array.from(sums) };
}

/** The adjoint of x, of `shape`. */
export function conv2dInputGradient(
  g: HostTensor,
  weights: HostTensor,
  geometry: ConvGeometry,
  shape: readonly number[],
): HostTensor {
  const sums = new Float64Array(numElements(shape));
  forEachProduct({ x: shape, weights: weights.shape, result: g.shape, geometry }, (input, weight, output) => {
    sums[input] = (sums[input] as number) + (g.data[output] as number) * (weights.data[weight] as number);
  });
  return { dtype: 'float32', shape, data: Float32Array.from(sums) };
}

/** The adjoint of the weights, of `shape`. */
export function conv2dWeightGradient(
  x: HostTensor,
  g: HostTensor,
  geometry: ConvGeometry,
  shape: readonly number[],
): HostTensor {
  const sums = new Float64Array(numElements(shape));
  forEachProduct({ x: x.shape, weights: shape, result: g.shape, geometry }, (input, weight, output) => {
    sums[weight] = (sums[weight] as number) + (x.data[input] as number) * (g.data[output] as number);
  });
  return { dtype: 'float32', shape, data: Float32Array.from(sums) };
}

interface ConvShapes {
  readonly x: readonly number[];
  readonly weights: readonly number[];
  readonly result: readonly number[];
  readonly geometry: ConvGeometry;
}

/** Calls `visit` with the flat positions of every product of the convolution: in x, in the weights, in the result. */
function forEachProduct(
  { x, weights, result, geometry }: ConvShapes,
  visit: (input: number, weight: number, output: number) => void,
): void {
  const [, channels, height, width] = x as [number, number, number, number];
  const [, inChannels, kernelHeight, kernelWidth] = weights as [number, number, number, number];
  const [, outChannels, outHeight, outWidth] = result as [number, number, number, number];
  const { stride, padding, groups } = geometry;
  for (let output = 0; output < numElements(result); output++) {
    const column = output % outWidth;
    const row = Math.floor(output / outWidth) % outHeight;
    const outChannel = Math.floor(output / (outWidth * outHeight)) % outChannels;
    const sample = Math.floor(output / (outWidth * outHeight * outChannels));
    const firstChannel = Math.floor(outChannel / (outChannels / groups)) * inChannels;
    for (let c = 0; c < inChannels; c++) {
      for (let i = 0; i < kernelHeight; i++) {
        const y = row * stride + i - padding.top;
        if (y < 0 || y >= height) continue;
        for (let j = 0; j < kernelWidth; j++) {
          const z = column * stride + j - padding.left;
          if (z < 0 || z >= width) continue;
          const input = ((sample * channels + firstChannel + c) * height + y) * width + z;
          visit(input, ((outChannel * inChannels + c) * kernelHeight + i) * kernelWidth + j, output);
        }
      }
    }
  }
}

/** Largest value of each window over the last two axes; the result has `shape`. */
export function maxPool2d(x: HostTensor, size: number, stride: number, shape: readonly number[]): HostTensor {
  const positions = largestPositions(x, size, stride, shape);
  return { dtype: 'float32', shape, data: Float32Array.from(positions, (i) => x.data[i] as number) };
}

/** The adjoint of maxPool2d's x. */
export function maxPool2dGradient(x: HostTensor, g: HostTensor, size: number, stride: number): HostTensor {
  const data = new Float32Array(x.data.length);
  largestPositions(x, size, stride, g.shape).forEach((position, i) => {
    data[position] = g.data[i] as number;
  });
  return { dtype: 'float32', shape: x.shape, data };
}

/** Where in x each window's largest value is, the first of equal ones. */
function largestPositions(x: HostTensor, size: number, stride: number, shape: readonly number[]): Int32Array {
  const [height, width] = x.shape.slice(-2) as [number, number];
  const [outHeight, outWidth] = shape.slice(-2) as [number, number];
  return Int32Array.from({ length: numElements(shape) }, (_, i) => {
    const plane = Math.floor(i / (outWidth * outHeight)) * height * width;
    const corner = plane + (Math.floor(i / outWidth) % outHeight) * stride * width + (i % outWidth) * stride;
    let best = corner;
    for (let row = 0; row < size; row++) {
      for (let column = 0; column < size; column++) {
        const position = corner + row * width + column;
        if ((x.data[position] as number) > (x.data[best] as number)) best = position;
      }
    }
    return best;
  });
}
