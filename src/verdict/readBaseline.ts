/** Reads a baseline back, and refuses what is none, what is damaged, and what a newer querybench wrote. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { UserError } from '../foundation/userError.ts';
import { guardFile, unlessMissing } from '../store/fileErrors.ts';
import { BASELINE_VERSION, type Baseline } from './baseline.ts';
import { baselineChecksum } from './renderBaseline.ts';

const count = z.int().min(0);
/** JSON has no word for what a training that diverged leaves. */
const number = z.union([z.number(), z.enum(['NaN', 'Infinity', '-Infinity']).transform(Number)]);
const ofMetrics = <Value extends z.ZodType>(value: Value) =>
  z.strictObject({ accuracy: value, nll: value, macroF1: value, brier: value, ece: value });

const seed = z
  .strictObject({
    seed: count,
    trialId: z.string().min(1),
    aubc: ofMetrics(number),
    finalAccuracy: number,
    seconds: z.strictObject({
      fit: z.number(),
      score: z.number(),
      select: z.number(),
      calibration: z.number().exactOptional(),
    }),
    numLabels: z.array(count).min(1),
    metrics: ofMetrics(z.array(number)),
    queriedRows: z.array(z.array(count)).optional(),
    roundHashes: z.array(z.string().regex(/^[0-9a-f]{8}$/)),
  })
  .refine(
    ({ numLabels, metrics, queriedRows, roundHashes }) =>
      [...Object.values(metrics), queriedRows ?? roundHashes, roundHashes].every(
        (each) => each.length === numLabels.length,
      ),
    { error: 'all of a seed’s lists must have one entry per round' },
  );

const identity = z.record(z.string(), z.unknown());

const schema = z.strictObject({
  format: z.literal('querybench-baseline'),
  version: z.literal(BASELINE_VERSION),
  name: z.string(),
  specHash: z.string().regex(/^[0-9a-f]{16}$/),
  environment: z.record(z.string(), z.string()),
  shared: identity,
  cells: z
    .array(
      z.strictObject({
        dataset: z.string(),
        model: z.string(),
        oracle: z.string(),
        initialPoolSize: count,
        queryBatchSize: count,
        strategy: z.string(),
        identity,
        seeds: z.array(seed).min(1),
      }),
    )
    .min(1),
  checksum: z.string(),
});

/**
 * Reads the file at `path`. Throws `UserError`: `no-baseline`, `no-permission`, and what `parseBaseline` throws.
 */
export function readBaseline(path: string): Baseline {
  const text = guardFile('read', path, () => unlessMissing(() => readFileSync(path, 'utf8')));
  if (text === undefined) {
    throw new UserError(
      'no-baseline',
      `A baseline must be a file, and there is no ${path}. Correct the path, or make the file with --update.`,
    );
  }
  return parseBaseline(text, path);
}

/** `path` is what errors call the text. Throws `UserError`: `broken-baseline`, `newer-baseline`. */
export function parseBaseline(text: string, path: string): Baseline {
  const content = parseJson(text, path);
  const { format, version, checksum, ...rest } = content;
  if (format !== 'querybench-baseline') {
    throw broken(
      path,
      'is JSON of another kind',
      'Name a file that `querybench check --update` has written.',
    );
  }
  if (typeof version === 'number' && version > BASELINE_VERSION) {
    throw new UserError(
      'newer-baseline',
      `${path} is a baseline of version ${version}; this querybench reads versions up to ${BASELINE_VERSION}. ` +
        'Upgrade querybench, or make the baseline again with --update.',
    );
  }
  const result = schema.safeParse(content);
  if (!result.success) {
    const [issue] = result.error.issues;
    throw broken(path, `is wrong at ${issue?.path.join('.') || 'its top'}: ${issue?.message}`, restore);
  }
  if (baselineChecksum({ format, version, ...rest }) !== checksum) {
    throw broken(path, 'has been changed since it was written: its checksum differs', restore);
  }
  const { shared, cells, checksum: _, ...head } = result.data;
  return { ...head, cells: cells.map((cell) => ({ ...cell, identity: { ...shared, ...cell.identity } })) };
}

const restore = 'Restore it from version control, or make it again with --update.';

function parseJson(text: string, path: string): Readonly<Record<string, unknown>> {
  try {
    const content: unknown = JSON.parse(text);
    return typeof content === 'object' && content !== null ? (content as Record<string, unknown>) : {};
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const remedy = /^(<<<<<<<|>>>>>>>)/m.test(text)
      ? 'Resolve the conflict by making it again with --update: two baselines cannot be merged.'
      : restore;
    throw broken(path, `cannot be read to its end: ${error.message}`, remedy);
  }
}

function broken(path: string, problem: string, remedy: string): UserError {
  return new UserError('broken-baseline', `${path} must be a whole baseline, and ${problem}. ${remedy}`);
}
