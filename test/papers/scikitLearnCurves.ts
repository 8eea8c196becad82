/**
 * Trials whose rows depend on no model, so that scikit-learn's curves on them are the same on every machine. Its answers in
 * test/fixtures/scikit-learn-curves.jsonl are made by (PYTHON has what scripts/fixtures/requirements.txt pins)
 *   node dist/cli/main.js run test/papers/scikit-learn-curves.yaml --out results/scikit-learn-curves
 *   node scripts/papers/scikitLearn.mjs results/scikit-learn-curves --out test/fixtures/scikit-learn-curves.jsonl
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { RivalRun } from '../../src/analysis/index.ts';

const pathOf = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

export const repository = pathOf('../../');
export const specPath = pathOf('scikit-learn-curves.yaml');
export const runsPath = pathOf('../fixtures/scikit-learn-curves.jsonl');

export const rivalRuns: readonly (RivalRun & { readonly model: string })[] = readFileSync(runsPath, 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line));
