/** A fitted model as an ordinary ONNX file: raw data in, logits and probabilities out, in standard operators alone. */
import type { DatasetInfo, Normalization } from '../datasets/dataset.ts';
import { cpuKernels } from '../engines/onnx/kernelSet.ts';
import { lowerGraph } from '../engines/onnx/lowerProgram.ts';
import { writeOnnxModel } from '../engines/onnx/onnxModel.ts';
import { version } from '../foundation/version.ts';
import type { LayerConfig } from '../models/modelConfig.ts';
import { buildNetwork, type Network } from '../models/network.ts';
import type { InputNode, Node } from '../tensor/node.ts';
import {
  add,
  broadcastTo,
  constant,
  exp,
  input,
  log,
  logSoftmax,
  mul,
  reduceSum,
  reshape,
  scalar,
  sub,
} from '../tensor/ops.ts';
import { numElements } from '../tensor/shape.ts';
import type { FittedModel } from './fit.ts';

export interface ExportRequest {
  readonly layers: readonly LayerConfig[];
  readonly info: Pick<DatasetInfo, 'sampleShape' | 'numClasses' | 'scaling'>;
  readonly normalization: Normalization;
  /** One network, or several whose mean is the prediction. */
  readonly members: readonly FittedModel[];
  readonly metadata: Readonly<Record<string, string>>;
}

/** Keeps the logarithm of a mean probability finite. */
const SMALLEST_PROBABILITY = 1e-37;

/**
 * A serialized ONNX model. Input: `input` float32 [batch, …sampleShape], the data set's own values: normalisation is in the
 * graph. Outputs: `logits` and `probabilities` [batch, numClasses]; of several networks the probabilities are their
 * mean and the logits its logarithm. Without dropout, by running statistics.
 */
export async function exportModel({ layers, info, normalization, members, metadata }: ExportRequest) {
  const network = buildNetwork(layers, info);
  const x = input('input', 'float32', ['batch', ...info.sampleShape]);
  const parameters = await constants(network, members);
  const { logits, probabilities } = predict(network, normalise(x, info, normalization), {
    parameters,
    numMembers: members.length,
  });
  const graph = lowerGraph(
    new Map([[x, x.name]]),
    [
      ['logits', logits],
      ['probabilities', probabilities],
    ],
    { ...cpuKernels, fusedMatMul: false },
  );
  return writeOnnxModel(graph, 'querybench', { version, metadata });
}

/** [1, batch, numFeatures]: all that loading and the programs do to values. */
function normalise(
  x: InputNode,
  { sampleShape, scaling }: ExportRequest['info'],
  { scale, shift }: Normalization,
): Node {
  const width = numElements(sampleShape);
  const flat = reshape(x, [1, 'batch', width]);
  const affine = (values: Node): Node => add(mul(values, scalar(scale)), scalar(shift));
  if (scaling === undefined) return affine(flat);
  const ofFeature = (values: readonly number[]): Node => {
    const repeats = width / values.length;
    const data = Float32Array.from({ length: width }, (_, f) => values[Math.floor(f / repeats)] ?? 0);
    return constant(data, [width]);
  };
  const factors = scaling.widths.map((each) => (each > 0 ? 1 / each : 0));
  return affine(mul(sub(flat, ofFeature(scaling.offsets)), ofFeature(factors)));
}

/** Each parameter of all members, [numMembers, …shape]. */
function constants({ parameters }: Network, members: readonly FittedModel[]): Promise<Node[]> {
  return Promise.all(
    parameters.map(async ({ shape }, i) => {
      const size = numElements(shape);
      const all = new Float32Array(members.length * size);
      for (const [k, model] of members.entries()) {
        const { data } = (await model.parameters[i]?.read()) ?? {};
        if (data === undefined) throw new Error('A fitted model lacks a parameter.');
        all.set(data.subarray(model.replica * size, (model.replica + 1) * size), k * size);
      }
      return constant(all, [members.length, ...shape]);
    }),
  );
}

function predict(
  network: Network,
  x: Node,
  { parameters, numMembers }: { readonly parameters: readonly Node[]; readonly numMembers: number },
) {
  const outputShape = ['batch', network.numClasses];
  const shared = broadcastTo(x, [numMembers, ...x.shape.slice(1)]);
  const logits = network.forward(shared, parameters, []);
  const each = exp(logSoftmax(logits));
  if (numMembers === 1) {
    return { logits: reshape(logits, outputShape), probabilities: reshape(each, outputShape) };
  }
  const mean = reshape(mul(reduceSum(each, [0]), scalar(1 / numMembers)), outputShape);
  return { logits: log(add(mean, scalar(SMALLEST_PROBABILITY))), probabilities: mean };
}
