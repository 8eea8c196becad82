/** A layer in a spec: a name alone, or a name with what it needs. */
import { z } from 'zod';
import type { LayerConfig } from '../models/modelConfig.ts';
import { count, withRules } from './specAxes.ts';

const bareNames = ['relu', 'tanh', 'gelu', 'flatten', 'batchNorm', 'globalAveragePool'] as const;
const rate = z.number().min(0).lt(1);
export const layerName = z.string().min(1).max(80);

const conv2d = z.strictObject({
  filters: count.describe('Number of kernels, which is the number of channels that come out.'),
  kernelSize: count.describe('Height and width of a kernel.'),
  stride: count.optional().describe('Pixels from one window to the next. Default: 1.'),
  padding: z
    .enum(['valid', 'same'])
    .optional()
    .describe('none, or zeros around so that stride 1 keeps the size. Default: valid.'),
  bias: z.literal(false).optional().describe('Left out before batchNorm, which would undo it.'),
});

const averagePool = z.strictObject({
  size: count.describe('Height and width of a window.'),
  stride: count.optional().describe('Pixels from one window to the next. Default: size.'),
});

const maxPool = withRules(averagePool, ({ size, stride }, addProblem) => {
  if (typeof size !== 'number' || typeof stride !== 'number' || stride >= size) return;
  addProblem(`must be at least the size, ${size}: windows may not overlap; met ${stride}`, 'stride');
});

/** What a layer's mapping may be of. */
const layerKeys = ['dense', 'dropout', 'dropout2d', 'conv2d', 'maxPool', 'averagePool', 'residual', 'layer'];

const mapping = withRules(
  z
    .strictObject({
      dense: z
        .union([count, z.literal('numClasses')])
        .optional()
        .describe('Fully connected, with so many units; the output layer has numClasses.'),
      dropout: rate.optional().describe('Share of units that are zeroed in training.'),
      dropout2d: rate.optional().describe('Share of channels that are zeroed in training.'),
      conv2d: conv2d.optional().describe('Convolution with square kernels.'),
      maxPool: maxPool.optional().describe('Largest value of each window.'),
      averagePool: averagePool.optional().describe('Mean of each window.'),
      residual: z
        .strictObject({
          get layers(): z.ZodType<LayerConfig[]> {
            return z.array(layer).min(1).describe('The branch, input to output.');
          },
        })
        .optional()
        .describe('The sum of its input and of what its layers make of it.'),
      layer: z.enum(bareNames).optional().describe('A layer without options, where it is to have a name.'),
      l2: z
        .literal(false)
        .optional()
        .describe('dense, conv2d: the weights stand outside the training’s L2 penalty.'),
      name: layerName.optional().describe('What the model’s `embedding` may refer to.'),
    })
    // For editors: exactly one of these, beside a name and l2.
    .meta({ oneOf: layerKeys.map((key) => ({ required: [key] })) }),
  (entry, addProblem) => {
    const names = Object.keys(entry).filter((key) => key !== 'name' && key !== 'l2');
    if (names.length === 0) {
      const met = entry.name !== undefined ? 'a name alone' : entry.l2 === false ? 'l2 alone' : '{}';
      addProblem(`must name a layer, such as "dense" or "dropout"; met ${met}`);
    }
    const [only] = names;
    if (entry.l2 === false && only !== undefined && only !== 'dense' && only !== 'conv2d')
      addProblem(`is of layers with weights, dense and conv2d; met with ${only}`, 'l2');
    if (names.length > 1)
      addProblem(`must be one layer; met ${names.length} (${names.join(', ')}); give each its own "-"`);
  },
);

export const layer = z.union([z.enum(bareNames), mapping]).transform((value): LayerConfig => {
  if (typeof value === 'string') return { type: value };
  return { ...config(value), ...(value.name !== undefined && { name: value.name }) };
});

function config(value: z.output<typeof mapping>): LayerConfig {
  const { dense, dropout2d, residual, l2 } = value;
  const penalty = l2 === false && { l2 };
  if (dense !== undefined) return { type: 'dense', units: dense, ...penalty };
  if (dropout2d !== undefined) return { type: 'dropout2d', rate: dropout2d };
  if (value.conv2d) return { type: 'conv2d', stride: 1, padding: 'valid', ...value.conv2d, ...penalty };
  if (value.maxPool) return { type: 'maxPool', stride: value.maxPool.size, ...value.maxPool };
  if (value.averagePool) return { type: 'averagePool', stride: value.averagePool.size, ...value.averagePool };
  if (residual) return { type: 'residual', layers: residual.layers };
  if (value.layer) return { type: value.layer };
  return { type: 'dropout', rate: value.dropout ?? 0 };
}
