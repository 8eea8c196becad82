/** Inverted dropout (Srivastava et al. 2014): what stays is scaled by 1 / (1 - rate), so prediction needs no change. */
import type { Node } from '../../tensor/node.ts';
import { cast, mul, scalar } from '../../tensor/ops.ts';
import type { LayerBuilder } from '../layer.ts';

export const dropout: LayerBuilder<'dropout'> = ({ rate }, { inputShape }) => ({
  outputShape: inputShape,
  parameters: [],
  masks: [{ shape: inputShape, rate }],
  apply: (x, _parameters, [mask]) => dropMasked(x, mask, rate),
});

/** `x` where the bytes of `mask`, which broadcasts to it, are 1, scaled; all of `x` without a mask. */
export function dropMasked(x: Node, mask: Node | undefined, rate: number): Node {
  return mask === undefined ? x : mul(x, mul(cast(mask, 'float32'), scalar(1 / (1 - rate))));
}
