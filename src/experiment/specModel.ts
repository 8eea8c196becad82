/** The model axis of a spec: a preset's name, a preset with changes, or layers of one's own. */
import { z } from 'zod';
import { label, withRules } from './specAxes.ts';
import { layer, layerName } from './specLayer.ts';
import { samples } from './specSamples.ts';
import { trainingPatch } from './specTraining.ts';

/** An entry of the model axis. */
export function model(presets: readonly string[]) {
  const preset = z.enum(presets);
  const mapping = withRules(
    z.strictObject({
      preset: preset.optional().describe('The model to start from, see `querybench list models`.'),
      label: label.optional().describe('What tables and charts call it; by default the preset’s name.'),
      layers: z.array(layer).min(1).optional().describe('Input to output, in place of the preset’s.'),
      initializer: z
        .enum(['glorot', 'he', 'keras-0', 'pytorch', 'sklearn', 'zeros'])
        .optional()
        .describe('How weights start. Default without a preset: he.'),
      samples: samples.optional().describe('Predict for the pool by samples. Default: one prediction.'),
      embedding: layerName
        .optional()
        .describe('The layer whose output strategies see. Default: the input of the last dense layer.'),
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
