/** Initial weights. Every rule is uniform on [-bound, bound]; a rule gives the bound of weights and of biases. */
import type { RandomStream } from '../foundation/randomStream.ts';
import { numElements } from '../tensor/shape.ts';
import type { ParameterSpec } from './layer.ts';
import type { InitializerName } from './modelConfig.ts';

type Bound = (spec: ParameterSpec) => number;

const bounds: Readonly<Record<InitializerName, { readonly weight: Bound; readonly bias: Bound }>> = {
  /** Glorot & Bengio 2010, eq. 16. */
  glorot: { weight: ({ fanIn, fanOut }) => Math.sqrt(6 / (fanIn + fanOut)), bias: () => 0 },
  /** He et al. 2015, eq. 10, for ReLU. */
  he: { weight: ({ fanIn }) => Math.sqrt(6 / fanIn), bias: () => 0 },
  /** `torch.nn.Linear.reset_parameters`: kaiming_uniform_(a=√5), which is ±1/√fanIn, for both. */
  pytorch: { weight: ({ fanIn }) => 1 / Math.sqrt(fanIn), bias: ({ fanIn }) => 1 / Math.sqrt(fanIn) },
  /** `MLPClassifier._init_coef` for ReLU: Glorot's bound for both. */
  sklearn: {
    weight: ({ fanIn, fanOut }) => Math.sqrt(6 / (fanIn + fanOut)),
    bias: ({ fanIn, fanOut }) => Math.sqrt(6 / (fanIn + fanOut)),
  },
  zeros: { weight: () => 0, bias: () => 0 },
};

/** One new array per parameter, [numElements(shape)]. Draws from `stream` in the order of `specs`. */
export function initialize(
  name: InitializerName,
  specs: readonly ParameterSpec[],
  stream: RandomStream,
): Float32Array[] {
  return specs.map((spec) => {
    const bound = bounds[name][spec.role](spec);
    return Float32Array.from({ length: numElements(spec.shape) }, () => bound * (2 * stream.uniform() - 1));
  });
}
