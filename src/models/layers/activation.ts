/** A function of every element: nothing to learn, nothing to draw. */
import type { Node } from '../../tensor/node.ts';
import { reshape } from '../../tensor/ops.ts';
import type { Layer, LayerContext } from '../layer.ts';

export const activation = (apply: (x: Node) => Node, { inputShape }: LayerContext): Layer => ({
  outputShape: inputShape,
  parameters: [],
  masks: [],
  apply: (x) => beforeReshapes(apply, x),
});

/** The same values as `apply(x)`, computed next to the convolution that made `x`: an engine can fuse the two. */
function beforeReshapes(apply: (x: Node) => Node, x: Node): Node {
  return x.op === 'reshape' ? reshape(beforeReshapes(apply, x.x), x.shape) : apply(x);
}
