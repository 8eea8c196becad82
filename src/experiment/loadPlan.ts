/** From a spec file to a plan, with everything that this querybench knows. */
import { datasetNames } from '../datasets/index.ts';
import { engines } from '../engines/index.ts';
import { presets } from '../models/presets.ts';
import { oracles } from '../oracles/index.ts';
import { strategies } from '../strategies/index.ts';
import { selectors } from '../strategies/selectors/index.ts';
import { type ExperimentPlan, planExperiment } from './plan.ts';
import { readSpecData } from './planDataset.ts';
import { readSpecModules } from './planStrategy.ts';
import { type ExperimentSpec, parseSpec, readSpec } from './spec.ts';
import type { SpecOverride } from './specOverrides.ts';
import type { SpecVocabulary } from './specVocabulary.ts';

export const vocabulary: SpecVocabulary = {
  datasets: datasetNames,
  models: Object.keys(presets),
  engines: Object.fromEntries(Object.entries(engines).map(([name, { devices }]) => [name, devices])),
  ...{ strategies, selectors, oracles },
};

/**
 * Reads and plans the spec at `path`; `overrides` are `path=value` assignments made first. Throws `UserError`: all
 * that is wrong with the spec, with line and column.
 */
export async function loadPlan(
  path: string,
  overrides: readonly SpecOverride[] = [],
): Promise<ExperimentPlan> {
  return plan(await readSpec(path, vocabulary, overrides));
}

/** Plans a spec given as an object of the same form as the file. Throws `UserError`. */
export async function planFrom(spec: Readonly<Record<string, unknown>>): Promise<ExperimentPlan> {
  return plan(parseSpec(JSON.stringify(spec, undefined, 2), 'experiment', vocabulary));
}

async function plan(spec: ExperimentSpec): Promise<ExperimentPlan> {
  return planExperiment(spec, {
    ...{ presets, strategies, selectors, oracles },
    ...{ data: await readSpecData(spec), modules: await readSpecModules(spec) },
  });
}
