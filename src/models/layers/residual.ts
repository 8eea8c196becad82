/** The sum of the input and a branch (He et al. 2016); where their shapes differ, a 1×1 convolution fits the input. */
import type { Node } from '../../tensor/node.ts';
import { add } from '../../tensor/ops.ts';
import { sameShape, showShape } from '../../tensor/shape.ts';
import { layerShapeError } from '../imageShape.ts';
import type { Layer, LayerContext } from '../layer.ts';
import { applyLayers, type BuildLayer, stackLayers, trainLayers } from '../layerStack.ts';
import type { LayerConfig } from '../modelConfig.ts';
import { conv2d } from './conv2d.ts';

/** `build` is the registry, handed over because it holds this very layer. */
export function residual(
  { layers }: Extract<LayerConfig, { type: 'residual' }>,
  context: LayerContext,
  build: BuildLayer,
): Layer {
  const branch = stackLayers(layers, context, build);
  const outputShape = branch.at(-1)?.outputShape ?? context.inputShape;
  const shortcut = sameShape(context.inputShape, outputShape) ? [] : [projection(outputShape, context)];
  const parts = [...branch, ...shortcut];
  const numBranchParameters = branch.reduce((sum, { parameters }) => sum + parameters.length, 0);
  const split = (parameters: readonly Node[]) => ({
    own: parameters.slice(0, numBranchParameters),
    ofShortcut: parameters.slice(numBranchParameters),
  });
  return {
    ...{ outputShape, branch },
    parameters: parts.flatMap(({ parameters }) => parameters),
    masks: parts.flatMap(({ masks }) => masks),
    apply(x, parameters, masks) {
      const { own, ofShortcut } = split(parameters);
      return add(applyLayers(shortcut, x, ofShortcut, []), applyLayers(branch, x, own, masks));
    },
    train(x, parameters, pass) {
      const { own, ofShortcut } = split(parameters);
      const { output, statistics } = trainLayers(branch, x, own, pass);
      return { output: add(applyLayers(shortcut, x, ofShortcut, []), output), statistics };
    },
  };
}

/** Throws `UserError("layer-shape")` where no stride of a 1×1 convolution leads to the branch's shape. */
function projection(target: readonly number[], context: LayerContext): Layer {
  const [filters, height] = target;
  const inputHeight = context.inputShape.at(-2);
  if (filters !== undefined && height !== undefined && inputHeight !== undefined) {
    const stride = Math.ceil(inputHeight / height);
    const layer = conv2d({ type: 'conv2d', filters, kernelSize: 1, stride, padding: 'valid' }, context);
    if (sameShape(layer.outputShape, target)) return layer;
  }
  const need = `a branch whose result can be added to it; this one ends in ${showShape(target)}`;
  throw layerShapeError(
    'residual',
    context,
    need,
    'Keep the shape in the branch: padding "same", or the same units',
  );
}
