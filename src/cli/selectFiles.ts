/** Carries out `querybench select`: reads, selects, writes, draws, and says how far it is. */
import { dirname, join } from 'node:path';
import { writeNpy } from '../datasets/tables/index.ts';
import { createCompute } from '../engines/compute.ts';
import { createOnnxEngine } from '../engines/onnx/onnxEngine.ts';
import { UserError } from '../foundation/userError.ts';
import { csvText } from '../render/csvText.ts';
import { writeAside } from '../render/writeAside.ts';
import { type Duplicate, findDuplicates, normalizeRows } from '../selection/embeddingRows.ts';
import { readSelectionFiles, type SelectionData } from '../selection/readSelectionFiles.ts';
import { selectSamples } from '../selection/selectSamples.ts';
import { drawSelection, pictureFormat } from './drawSelection.ts';
import { parseAssignments } from './parseAssignments.ts';
import { type SelectProgress, selectProgress } from './selectProgress.ts';
import { writeOutput } from './writeOutput.ts';

export interface SelectArguments {
  readonly strategy: string;
  readonly n: string;
  readonly embeddings?: string | undefined;
  readonly probabilities?: string | undefined;
  readonly scores?: string | undefined;
  readonly labelled?: string | undefined;
  readonly out?: string | undefined;
  readonly picture?: string | undefined;
  readonly projection: string;
  readonly seed: string;
  readonly normalize: boolean;
  readonly deduplicate: boolean;
  readonly set: readonly string[];
}

/** Throws `UserError` for all that is wrong with the files or the options; nothing is written then. */
export async function selectFiles(args: SelectArguments): Promise<void> {
  const request = { strategy: args.strategy, options: parseAssignments(args.set), n: toNumber('n', args.n) };
  const seed = toNumber('seed', args.seed);
  const projection = toProjection(args.projection);
  if (args.picture !== undefined) pictureFormat(args.picture);
  const progress = selectProgress(process.stderr);
  try {
    const data = await progress.stage('reading', (advance) => readSelectionFiles(args, advance));
    const { embeddings } = data;
    if ((args.normalize || args.deduplicate || args.picture !== undefined) && embeddings === undefined) {
      throw new UserError(
        'missing-input',
        '--normalize, --deduplicate and --picture need embeddings, and none are given. Give them by --embeddings.',
      );
    }
    if (args.normalize && embeddings) normalizeRows(embeddings);
    const labelled = data.labelled?.rows ?? new Int32Array(0);
    const duplicates = args.deduplicate && embeddings ? findDuplicates(embeddings, labelled) : [];
    const { rows, numPool } = await select(data, { ...request, seed, duplicates }, progress);
    if (args.deduplicate) await writeDuplicates(args.out, duplicates, data);
    writePicks(rows, data, args.out);
    if (args.picture !== undefined && embeddings) {
      const { picture } = args;
      const title = `${args.strategy}: ${rows.length} of ${numPool} samples`;
      await progress.stage('drawing', () =>
        drawSelection(picture, { title, plane: { embeddings, picked: rows, labelled, projection, seed } }),
      );
    }
    const out = args.out === undefined ? '' : `, in ${args.out}`;
    const removed = args.deduplicate ? `; ${duplicates.length} duplicates left out` : '';
    progress.note(`${rows.length} of ${numPool} samples picked${out}${removed}`);
  } finally {
    progress.end();
  }
}

interface Picking {
  readonly strategy: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly n: number;
  readonly seed: number;
  readonly duplicates: readonly Duplicate[];
}

/** With a thread for each core: nothing else computes. */
async function select(data: SelectionData, { duplicates, ...request }: Picking, progress: SelectProgress) {
  const compute = createCompute(await createOnnxEngine());
  const excluded = Int32Array.from(duplicates, ({ row }) => row);
  try {
    return await progress.stage('selecting', (onProgress) =>
      selectSamples({ ...data, ...request, excluded, compute, onProgress }),
    );
  } finally {
    await compute.dispose();
  }
}

/** A row per pick, in the order of selection. */
function writePicks(rows: Int32Array, { names, scores }: SelectionData, out: string | undefined): void {
  if (out?.endsWith('.npy')) {
    writeNpy(out, rows, [rows.length]);
    return;
  }
  const header = ['row', ...(names ? [names.column] : []), ...(scores ? ['score'] : [])];
  const lines = Array.from(rows, (row) => [
    row,
    ...(names ? [names.values[row] as string] : []),
    ...(scores ? [scores[row] as number] : []),
  ]);
  writeOutput(csvText(header, lines), out);
}

/** `removed.csv`, in the folder of the picks. */
async function writeDuplicates(
  out: string | undefined,
  duplicates: readonly Duplicate[],
  { names }: SelectionData,
): Promise<void> {
  const header = names
    ? ['row', names.column, 'same_as_row', `same_as_${names.column}`]
    : ['row', 'same_as_row'];
  const lines = duplicates.map(({ row, of }) =>
    names ? [row, names.values[row] as string, of, names.values[of] as string] : [row, of],
  );
  await writeAside(join(out === undefined ? '.' : dirname(out), 'removed.csv'), csvText(header, lines));
}

function toNumber(option: string, text: string): number {
  const value = Number(text);
  const isRight = option === 'seed' ? Number.isSafeInteger(value) && value >= 0 : value > 0;
  if (text.trim() !== '' && isRight) return value;
  const rule = option === 'seed' ? 'a whole number from 0' : 'a number of samples, or a fraction below 1';
  throw new UserError('bad-option', `--${option} must be ${rule}, and is "${text}". Correct it.`);
}

function toProjection(text: string): 'pca' | 'umap' {
  if (text === 'pca' || text === 'umap') return text;
  throw new UserError('bad-option', `--projection must be pca or umap, and is "${text}". Choose one.`);
}
