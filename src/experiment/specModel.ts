/** The model axis of a spec: a preset's name, a preset with changes, or layers of one's own. */
import { z } from 'zod';
import type { LayerConfig } from '../models/modelConfig.ts';
import { count, label, withRules } from './specAxes.ts';
import { trainingPatch } from './specTraining.ts';

const layerMapping = withRules(
  z
    .strictObject({
      dense: z
        .union([count, z.literal('numClasses')])
        .optional()
        .describe('Fully connected, with so many units; the output layer has numClasses.'),
      dropout: z.number().min(0).lt(1).optional().describe('Share of units that are zeroed in training.'),
    })
    .meta({ minProperties: 1, maxProperties: 1 }),
  (layer, addProblem) => {
    const names = Object.keys(layer);
    if (names.length === 0) addProblem('must name a layer, "dense" or "dropout"; met {}');
    if (names.length > 1)
      addProblem(`must be one layer; met ${names.length} (${names.join(', ')}); give each its own "-"`);
  },
);

const layer = z.union([z.enum(['relu']), layerMapping]).transform((value): LayerConfig => {
  if (value === 'relu') return { type: 'relu' };
  if (value.dense !== undefined) return { type: 'dense', units: value.dense };
  return { type: 'dropout', rate: value.dropout ?? 0 };
});

/** An entry of the model axis. */
export function model(presets: readonly string[]) {
  const preset = z.enum(presets);
  const mapping = withRules(
    z.strictObject({
      preset: preset.optional().describe('The model to start from, see `querybench list models`.'),
      label: label.optional().describe('What tables and charts call it; by default the preset’s name.'),
      layers: z.array(layer).min(1).optional().describe('Input to output, in place of the preset’s.'),
      initializer: z
        .enum(['glorot', 'he', 'pytorch', 'sklearn', 'zeros'])
        .optional()
        .describe('How weights start. Default without a preset: he.'),
      training: trainingPatch.optional().describe('Laid over the preset’s training and the spec’s.'),
    }),
    (entry, addProblem) => {
      if (entry.preset !== undefined) return;
      if (entry.layers === undefined) addProblem('must have a "preset" or "layers"; met neither');
      else if (entry.label === undefined)
        addProblem('must have a "label", being made of layers alone; met none');
    },
  );
  return z.union([preset.transform((name): z.output<typeof mapping> => ({ preset: name })), mapping]);
}

export type ModelChoice = z.output<ReturnType<typeof model>>;
