/**
 * Index masks: splits written out row by row, so that a published experiment can be paired exactly. The file is JSON
 * keyed by seed, { "0": { "initial": [...], "pool": [...], "validation": [...], "test": [...] } }; `initial` and
 * `validation` may be left out, and the file's `pool` is without the rows of `initial`.
 */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { LineCounter, parseDocument } from 'yaml';
import { nearest } from '../foundation/nearest.ts';
import { UserError } from '../foundation/userError.ts';
import type { DatasetInfo, Split } from './dataset.ts';

export interface IndexMasks {
  readonly path: string;
  /** Of the file's bytes. */
  readonly sha256: string;
  /** `pool` of a split is the file's `initial` followed by its `pool`. */
  readonly bySeed: ReadonlyMap<number, Split>;
}

const listNames = ['initial', 'pool', 'validation', 'test'] as const;
type ListName = (typeof listNames)[number];

/** Reads and checks a whole file. Throws `UserError` "unreadable-file" and "bad-masks". */
export async function readIndexMasks(path: string, info: DatasetInfo): Promise<IndexMasks> {
  const bytes = await readFile(path).catch((error: Error) => {
    throw new UserError(
      'unreadable-file',
      `The index-mask file ${path} must be readable, and is not: ${error.message}. Mend the path.`,
    );
  });
  const masks = parse(bytes.toString('utf8'), path);
  if (!isObject(masks) || Object.keys(masks).length === 0) {
    return refuse(path, 'it must be an object keyed by seed, { "0": { "pool": [...], "test": [...] } }');
  }
  const bySeed = new Map<number, Split>();
  for (const [key, mask] of Object.entries(masks)) {
    const seed = Number(key);
    if (!Number.isSafeInteger(seed) || String(seed) !== key || seed < 0) {
      return refuse(path, `its keys must be seeds, whole numbers from 0, and one is "${key}"`);
    }
    bySeed.set(
      seed,
      toSplit(mask, info, (problem) => refuse(path, `seed ${seed}: ${problem}`)),
    );
  }
  return { path, sha256: createHash('sha256').update(bytes).digest('hex'), bySeed };
}

/** The split that a file has for one seed. Throws `UserError("missing-mask")`. */
export function maskOf(masks: IndexMasks, seed: number): Split {
  const split = masks.bySeed.get(seed);
  if (split !== undefined) return split;
  throw new UserError(
    'missing-mask',
    `${masks.path} has no index mask for seed ${seed}; it has ${[...masks.bySeed.keys()].join(', ')}. Use these seeds, or add the mask.`,
  );
}

/** JSON, or where that fails the YAML parser, for its line and column. */
function parse(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const lineCounter = new LineCounter();
    const document = parseDocument(text, { prettyErrors: false, lineCounter });
    const error = document.errors[0];
    if (error === undefined) return document.toJS();
    const { line, col } = lineCounter.linePos(error.pos[0]);
    return refuse(path, `it is not JSON, line ${line}, column ${col}: ${error.message}`);
  }
}

function toSplit(mask: unknown, info: DatasetInfo, fail: (problem: string) => never): Split {
  if (!isObject(mask)) return fail('the mask must be an object of lists of row numbers');
  for (const key of Object.keys(mask)) {
    if ((listNames as readonly string[]).includes(key)) continue;
    const guess = nearest(key, listNames);
    const hint = guess === undefined ? '' : ` Did you mean "${guess}"?`;
    fail(`unknown list "${key}".${hint} Known: ${listNames.join(', ')}`);
  }
  const owner = new Uint8Array(info.numSamples); // 1 + position in listNames of the list that has the row
  const read = (name: ListName): Int32Array => {
    const rows = mask[name] ?? [];
    if (!Array.isArray(rows)) return fail(`"${name}" must be a list of row numbers`);
    return Int32Array.from(rows, (row: unknown) => {
      if (typeof row !== 'number' || !Number.isInteger(row) || row < 0 || row >= info.numSamples) {
        const range = `whole numbers from 0 to ${info.numSamples - 1}`;
        return fail(`rows of ${info.name} are ${range}, and "${name}" has ${JSON.stringify(row)}`);
      }
      const other = listNames[(owner[row] ?? 0) - 1];
      if (other === name) return fail(`"${name}" must list each row once, and has row ${row} twice`);
      if (other !== undefined) return fail(`row ${row} is in both "${other}" and "${name}"`);
      owner[row] = listNames.indexOf(name) + 1;
      return row;
    });
  };
  const [initial, rest, validation, test] = listNames.map(read) as [
    Int32Array,
    Int32Array,
    Int32Array,
    Int32Array,
  ];
  const pool = new Int32Array(initial.length + rest.length);
  pool.set(initial);
  pool.set(rest, initial.length);
  if (test.length === 0) fail('"test" must list rows, and lists none');
  if (pool.length === 0) fail('"pool" must list rows, and lists none');
  return { pool, validation, test, ...(mask.initial !== undefined && { initial }) };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function refuse(path: string, problem: string): never {
  throw new UserError('bad-masks', `Index-mask file ${path}: ${problem}. Correct the file.`);
}
