/**
 * Initial parameters. Weights and biases are uniform on [-bound, bound]; a rule gives the bound of each. What belongs to
 * a normalisation starts as the identity.
 */
import type { RandomStream } from '../foundation/randomStream.ts';
import { numElements } from '../tensor/shape.ts';
import type { ParameterSpec } from './layer.ts';
import type { InitializerName } from './modelConfig.ts';

type DrawnSpec = Extract<ParameterSpec, { readonly role: 'weight' | 'bias' }>;
type Bound = (spec: DrawnSpec) => number;

const bounds: Readonly<Record<InitializerName, { readonly weight: Bound; readonly bias: Bound }>> = {
  /** Glorot & Bengio 2010, eq. 16. */
  glorot: { weight: ({ fanIn, fanOut }) => Math.sqrt(6 / (fanIn + fanOut)), bias: () => 0 },
  /** `glorot_uniform` of Keras before 1.0, which counts a convolution's outputs without its kernel. */
  'keras-0': { weight: ({ fanIn, units }) => Math.sqrt(6 / (fanIn + units)), bias: () => 0 },
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

const fixed = { scale: 1, shift: 0, runningMean: 0, runningVariance: 1 } as const;

/** One new array per parameter, [numElements(shape)]. Draws from `stream` in the order of `specs`. */
export function initialize(
  name: InitializerName,
  specs: readonly ParameterSpec[],
  stream: RandomStream,
): Float32Array[] {
  return specs.map((spec) => {
    const length = numElements(spec.shape);
    if (spec.role !== 'weight' && spec.role !== 'bias')
      return new Float32Array(length).fill(fixed[spec.role]);
    const bound = bounds[name][spec.role](spec);
    return Float32Array.from({ length }, () => bound * (2 * stream.uniform() - 1));
  });
}
