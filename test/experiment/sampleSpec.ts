/** A small spec, and names to write specs with: the real ones, and two whose entries take options. */
import { expect } from 'vitest';
import { z } from 'zod';
import { datasetNames } from '../../src/datasets/index.ts';
import type { PlanContext } from '../../src/experiment/plan.ts';
import { parseSpec } from '../../src/experiment/spec.ts';
import type { SpecVocabulary } from '../../src/experiment/specVocabulary.ts';
import { UserError } from '../../src/foundation/userError.ts';
import { presets } from '../../src/models/presets.ts';
import { oracles } from '../../src/oracles/index.ts';
import { strategies } from '../../src/strategies/index.ts';
import { selectors } from '../../src/strategies/selectors/index.ts';

export const sampleContext: PlanContext = {
  presets,
  selectors,
  strategies: {
    ...strategies,
    density: {
      version: 3,
      options: {
        beta: z.number().min(0).default(1).describe('Weight of the density.'),
        metric: z.enum(['cosine', 'euclidean']).default('cosine').describe('Distance.'),
      },
    },
  },
  oracles: {
    ...oracles,
    noisy: { version: 1, options: { rate: z.number().min(0).max(1).describe('Of wrong answers.') } },
  },
};

export const sampleVocabulary: SpecVocabulary = {
  datasets: datasetNames,
  models: Object.keys(presets),
  strategies: sampleContext.strategies,
  selectors,
  oracles: sampleContext.oracles,
  engines: { onnx: ['cpu', 'webgpu'], reference: ['cpu'] },
};

/** Keys of a spec and their YAML; null leaves the key out. */
export type Changes = Readonly<Record<string, string | null>>;

const defaults: Readonly<Record<string, string>> = {
  dataset: 'digits',
  model: 'mlp',
  strategy: 'random',
  initialPoolSize: '20',
  queryBatchSize: '10',
  rounds: '5',
  seed: '0',
};

/** A valid spec, line 1 to 7 in the order above, with `changes`, new keys at the end. */
export function specText(changes: Changes = {}): string {
  return Object.entries({ ...defaults, ...changes })
    .filter(([, value]) => value !== null)
    .map(([key, value]) => `${key}: ${value}\n`)
    .join('');
}

export function parse(text: string, overrides: readonly string[] = []) {
  return parseSpec(text, 'lab/sample.yaml', sampleVocabulary, overrides);
}

/** Matches a `UserError`. */
export function refusal(code: string, message: RegExp): UserError {
  return expect.objectContaining({ name: 'UserError', code, message: expect.stringMatching(message) });
}

/** The message's lines for a spec that must be refused. */
export function problems(text: string): readonly string[] {
  try {
    parse(text);
  } catch (error) {
    if (error instanceof UserError && error.code === 'invalid-spec') return error.message.split('\n');
    throw error;
  }
  throw new Error('The spec was accepted');
}
