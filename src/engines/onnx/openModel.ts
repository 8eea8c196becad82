/** A model file, ours or another's, made ready to predict classes by. */
import { readFileSync } from 'node:fs';
import type { InferenceSession, Tensor } from 'onnxruntime-node';
import { UserError } from '../../foundation/userError.ts';
import { numElements, showShape } from '../../tensor/shape.ts';
import type { TypedArray } from '../engine.ts';
import { loadRuntime } from './loadRuntime.ts';
import { type ModelMetadata, readMetadata } from './readMetadata.ts';
import { sessionOptions } from './sessionOptions.ts';

export interface OpenModel {
  /** Shape of one sample; a name where the model takes any size. */
  readonly sampleShape: readonly (number | string)[];
  /** Absent in a model that is not ours. */
  readonly classNames?: readonly string[];
  /** What our models say of themselves: `trial`, `labels` and `identity`, the last two as JSON. Empty in others. */
  readonly properties: ReadonlyMap<string, string>;
  /** Class probabilities [numRows, numClasses] of `rows` [numRows, …sampleShape]. Throws `UserError("bad-model")`. */
  predict(
    rows: TypedArray | Float64Array,
    shape: readonly number[],
  ): Promise<{ readonly probabilities: Float32Array; readonly numClasses: number }>;
  dispose(): Promise<void>;
}

const inputTypes = { float32: Float32Array, float64: Float64Array, uint8: Uint8Array } as const;
type InputType = keyof typeof inputTypes;

/** Throws `UserError`: `unreadable-file`, `not-a-model`, or `bad-model` where it is not one that predicts classes. */
export async function openModel(path: string): Promise<OpenModel> {
  const bytes = read(path);
  const { InferenceSession, Tensor } = await loadRuntime();
  let metadata: ModelMetadata;
  let session: InferenceSession;
  try {
    metadata = readMetadata(bytes);
    session = await InferenceSession.create(bytes, sessionOptions('cpu'));
  } catch (error) {
    const reason = (error as Error).message.split('\n')[0];
    throw new UserError(
      'not-a-model',
      `${path} must be an ONNX model, and cannot be read as one: ${reason}. Name a file that --save-models wrote.`,
    );
  }
  const [input] = session.inputMetadata;
  if (session.inputMetadata.length !== 1 || !input?.isTensor || !Object.hasOwn(inputTypes, input.type)) {
    const met = session.inputMetadata
      .map((each) => `${each.name} ${each.isTensor ? each.type : ''}`)
      .join(', ');
    throw refusal(path, `one input of float32, float64 or uint8, and has ${met || 'none'}`);
  }
  const output = outputName(session);
  if (output === undefined) {
    const met = session.outputNames.join(', ');
    throw refusal(path, `an output "probabilities" or "logits", or a single one, and has ${met}`);
  }
  const make = inputTypes[input.type as InputType];
  const properties: ReadonlyMap<string, string> =
    metadata.producer === 'querybench' ? metadata.properties : new Map();
  const classes = properties.get('classes');
  return {
    sampleShape: input.shape.slice(1),
    ...(classes !== undefined && { classNames: JSON.parse(classes) as string[] }),
    properties,
    async predict(rows, shape) {
      const data = rows instanceof make ? rows : make.from(rows);
      const feeds = { [input.name]: new Tensor(input.type as 'float32', data as Float32Array, shape) };
      const { [output]: result } = (await session.run(feeds)) as Record<string, Tensor>;
      const numClasses = result?.dims.at(-1) ?? 0;
      const [numRows = 0] = shape;
      if (result?.dims.length !== 2 || result.dims[0] !== numRows || result.type !== 'float32') {
        const met = `${result?.type} ${showShape(result?.dims ?? [])}`;
        throw refusal(path, `one float32 number per row and class, and gave ${met} for ${numRows} rows`);
      }
      return { probabilities: asProbabilities(result.data as Float32Array, numClasses), numClasses };
    },
    dispose: () => session.release(),
  };
}

function read(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new UserError(
      'unreadable-file',
      `${path} must be a file that can be read, and is not: ${(error as Error).message}. Check the path.`,
    );
  }
}

function outputName({ outputNames }: InferenceSession): string | undefined {
  const known = ['probabilities', 'logits'].find((name) => outputNames.includes(name));
  return known ?? (outputNames.length === 1 ? outputNames[0] : undefined);
}

const refusal = (path: string, need: string): UserError =>
  new UserError(
    'bad-model',
    `${path} must have ${need}. Export it so, or name a file that --save-models wrote.`,
  );

/** Rows that are no distributions are taken for logits. */
function asProbabilities(values: Float32Array, width: number): Float32Array {
  const probabilities = Float32Array.from(values);
  for (let start = 0; start < values.length; start += width) {
    const row = probabilities.subarray(start, start + width);
    const sum = row.reduce((total, value) => total + value, 0);
    if (row.every((value) => value >= 0) && Math.abs(sum - 1) < 1e-3) continue;
    const top = row.reduce((largest, value) => Math.max(largest, value), Number.NEGATIVE_INFINITY);
    const powers = row.map((value) => Math.exp(value - top));
    const total = powers.reduce((partial, value) => partial + value, 0);
    row.set(powers.map((value) => value / total));
  }
  return probabilities;
}

/** Features of a sample, where the model fixes them. */
export function numFeatures({ sampleShape }: OpenModel): number | undefined {
  const known = sampleShape.filter((dim) => typeof dim === 'number');
  return known.length < sampleShape.length ? undefined : numElements(known);
}
