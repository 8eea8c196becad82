/** Two saved models on labelled rows: reads all three, predicts, compares. */
import { type OpenModel, openModel } from '../../engines/onnx/openModel.ts';
import { type PredictedRows, predictRows } from '../../engines/onnx/predictRows.ts';
import { UserError } from '../../foundation/userError.ts';
import type { Trial, TrialIdentity } from '../../store/record.ts';
import type { ModelClasses } from './classIndices.ts';
import { checkConfigs } from './comparableRuns.ts';
import {
  type ClassifierComparisonOptions,
  type ClassifierPair,
  compareClassifiers,
} from './compareClassifiers.ts';
import { type ComparableAxis, comparableAxes } from './configDifferences.ts';
import { lookUpClass } from './lookUpClass.ts';
import type { ModelComparison } from './modelComparison.ts';
import { readTestRows, type TestData } from './readTestRows.ts';

export interface ModelFiles extends TestData {
  /** ONNX files. */
  readonly old: string;
  readonly new: string;
}

export interface ModelComparisonOptions extends Omit<ClassifierComparisonOptions, 'classIndex' | 'warnings'> {
  /** One class alone, by its name or index. */
  readonly subMetric?: string;
  /** Refuses models of trials whose configurations differ in more than one thing. */
  readonly isSameConfig?: boolean;
}

export interface ComparedModels {
  readonly comparison: ModelComparison;
  /** What was predicted, for curves. */
  readonly pair: ClassifierPair;
}

/**
 * Throws what `openModel`, `predictRows`, `readTestRows`, `lookUpClass` and `compareClassifiers` throw, and `UserError`
 * "class-count" (the two models differ in their classes), "different-config" and "no-config".
 */
export async function compareModels(
  files: ModelFiles,
  { subMetric, isSameConfig = false, ...options }: ModelComparisonOptions = {},
): Promise<ComparedModels> {
  const [own, other] = [await openModel(files.old), await openModel(files.new)];
  try {
    const identities = [own, other].flatMap((model) => identityOf(model) ?? []);
    const warnings = configWarnings(files, [own, other], isSameConfig);
    const test = await readTestRows(files, identities);
    const [first, second] = [
      await predictRows(own, test.rows, { model: files.old, data: files.data }),
      await predictRows(other, test.rows, { model: files.new, data: files.data }),
    ];
    const { indices, classNames } = test.truth(sharedClasses(files, [own, first], [other, second]));
    const pair: ClassifierPair = {
      ...{ subject: test.subject, labels: indices, classNames },
      old: { name: files.old, scores: first.probabilities },
      new: { name: files.new, scores: second.probabilities },
    };
    const classIndex = subMetric === undefined ? undefined : lookUpClass(subMetric, classNames);
    const comparison = compareClassifiers(pair, {
      ...options,
      ...(classIndex !== undefined && { classIndex }),
      warnings: [...warnings, ...test.warnings],
    });
    return { comparison, pair };
  } finally {
    await Promise.all([own.dispose(), other.dispose()]);
  }
}

/** Throws `UserError("class-count")` where the two tell different classes apart. */
function sharedClasses(
  files: ModelFiles,
  [own, { numClasses }]: readonly [OpenModel, PredictedRows],
  [other, predicted]: readonly [OpenModel, PredictedRows],
): ModelClasses {
  const refuse = (rule: string, first: string, second: string): never => {
    throw new UserError(
      'class-count',
      `Both models must tell the same classes apart; ${files.old} has ${rule}${first}, and ${files.new} ${second}. Compare models of the same data.`,
    );
  };
  if (numClasses !== predicted.numClasses) return refuse('', `${numClasses}`, `${predicted.numClasses}`);
  const [names, otherNames] = [own.classNames, other.classNames];
  const classNames = names ?? otherNames;
  if (names && otherNames && names.join('\n') !== otherNames.join('\n')) {
    return refuse('the classes ', names.join(', '), otherNames.join(', '));
  }
  if (classNames !== undefined && classNames.length !== numClasses) {
    return refuse('', `${numClasses} by what it predicts`, `${classNames.length} by name`);
  }
  return { numClasses, ...(classNames && { classNames }) };
}

function identityOf({ properties }: OpenModel): TrialIdentity | undefined {
  const text = properties.get('identity');
  return text === undefined ? undefined : (JSON.parse(text) as TrialIdentity);
}

/** What the two configurations differ in. Throws `UserError` "different-config" and "no-config". */
function configWarnings(
  files: ModelFiles,
  [own, other]: readonly [OpenModel, OpenModel],
  isRequired: boolean,
): string[] {
  const [left, right] = [identityOf(own), identityOf(other)];
  if (left !== undefined && right !== undefined) {
    const axes = Object.keys(comparableAxes) as ComparableAxis[];
    const [ownLabels, otherLabels] = [labelsOf(own, left), labelsOf(other, right)];
    const compared = axes.filter((axis) => ownLabels[axis] !== otherLabels[axis]);
    return checkConfigs([[left, right]], compared, isRequired);
  }
  if (!isRequired) return [];
  throw new UserError(
    'no-config',
    `--same-config needs models that say how they were trained, as those of run --save-models do, and ${left === undefined ? files.old : files.new} does not. Leave --same-config out.`,
  );
}

function labelsOf({ properties }: OpenModel, { initialPoolSize, queryBatchSize }: TrialIdentity) {
  const labels = JSON.parse(properties.get('labels') ?? '{}') as Partial<Trial['labels']>;
  return { ...labels, initialPoolSize, queryBatchSize };
}
