/** Runs a program stage by stage on a device without loops: the host drives them, and state never leaves the device. */
import type { InferenceSession, Tensor } from 'onnxruntime-node';
import type { Loop, Node } from '../../tensor/node.ts';
import type { Program } from '../../tensor/program.ts';
import { bindShape, resolveDim } from '../../tensor/shape.ts';
import type { DeviceTensor, Executable, HostTensor } from '../engine.ts';
import { inputTensor } from '../inputTensor.ts';
import { fromDevice, fromHost, fromPieces, type GpuTensor, isGpuTensor, type Transfer } from './gpuTensor.ts';
import type { KernelSet } from './kernelSet.ts';
import { lowerGraph } from './lowerProgram.ts';
import { capturedValues, lowerSteps, stepNames } from './lowerSteps.ts';
import type { OnnxGraph } from './onnxModel.ts';
import { type Stage, stagesOf } from './programStages.ts';

export interface SteppedDevice {
  readonly kernels: KernelSet;
  readonly transfer: Transfer;
  /** Steps of a loop in one graph: see CONTRIBUTING.md ("GPU"). */
  readonly unrolledSteps: number;
  /** Results stay on the device. */
  createSession(graph: OnnxGraph): Promise<InferenceSession>;
}

type Values = Map<Node, GpuTensor>;
type Runner = (values: Values, sizes: ReadonlyMap<string, number>) => Promise<void>;

export async function compileStepped(program: Program, device: SteppedDevice): Promise<Executable> {
  const sessions: Promise<InferenceSession>[] = [];
  const session = (graph: OnnxGraph): Promise<InferenceSession> => {
    const created = device.createSession(graph);
    sessions.push(created);
    return created;
  };
  const runners: Runner[] = [];
  for (const stage of stagesOf(program)) {
    runners.push(
      stage.kind === 'compute'
        ? await computeRunner(stage, device, session)
        : await loopRunner(stage, device, session),
    );
  }
  return {
    async run(given) {
      const values: Values = new Map();
      const sizes = new Map<string, number>();
      for (const node of program.inputs) {
        const tensor = inputTensor(given, node);
        bindShape(node.name, node.shape, tensor.shape, sizes);
        values.set(node, await onThisDevice(tensor, device.transfer));
      }
      for (const run of runners) await run(values, sizes);
      return takeOutputs(program, values, device.transfer);
    },
    async dispose() {
      for (const created of sessions) await (await created).release();
    },
  };
}

async function onThisDevice(tensor: DeviceTensor, transfer: Transfer): Promise<GpuTensor> {
  return isGpuTensor(tensor) ? tensor : fromHost(await tensor.read(), transfer);
}

async function computeRunner(
  { reads, writes }: Extract<Stage, { kind: 'compute' }>,
  { kernels, transfer }: SteppedDevice,
  newSession: (graph: OnnxGraph) => Promise<InferenceSession>,
): Promise<Runner> {
  const [inputName, outputName] = [(i: number) => `in${i}`, (i: number) => `out${i}`];
  const inputs = new Map(reads.map((node, i) => [node, inputName(i)]));
  const outputs = writes.map((node, i) => [outputName(i), node] as const);
  const session = await newSession(lowerGraph(inputs, outputs, kernels));
  return async (values) => {
    const feeds: Record<string, Tensor> = {};
    for (const [i, node] of reads.entries()) feeds[inputName(i)] = await known(node, values).feed();
    const results = await session.run(feeds);
    for (const [i, node] of writes.entries()) {
      values.set(node, fromDevice(results[outputName(i)] as Tensor, node.dtype, transfer));
    }
  };
}

async function loopRunner(
  { loop, results }: Extract<Stage, { kind: 'loop' }>,
  { kernels, transfer, unrolledSteps }: SteppedDevice,
  newSession: (graph: OnnxGraph) => Promise<InferenceSession>,
): Promise<Runner> {
  const bodies = new Map<number, Promise<InferenceSession>>();
  /** Of `numUnrolled` steps; compiled when first needed. */
  const bodyOf = (numUnrolled: number): Promise<InferenceSession> => {
    const body = bodies.get(numUnrolled) ?? newSession(lowerSteps(loop, numUnrolled, kernels));
    bodies.set(numUnrolled, body);
    return body;
  };
  // Shows what has no kernel; the larger graph waits until a run is long enough for it.
  await bodyOf(1);
  return async (values, sizes) => {
    const numSteps = resolveDim(loop.numSteps, sizes);
    const constant = await constantFeeds(loop, values);
    let state = await initialState(loop, values, transfer);
    const stacks: Tensor[][] = loop.body.outputs.map(() => []);
    for (let step = 0; step < numSteps; ) {
      const numUnrolled = numSteps - step >= unrolledSteps ? unrolledSteps : 1;
      const next = await (await bodyOf(numUnrolled)).run({ ...constant, ...state });
      // The first state belongs to whoever handed it in.
      if (step > 0) for (const tensor of Object.values(state)) tensor.dispose();
      state = nextState(loop, next);
      for (const [i, stack] of stacks.entries()) stack.push(next[stepNames.output(i)] as Tensor);
      step += numUnrolled;
    }
    const all = [
      ...loop.body.carry.map(({ dtype }, i) =>
        fromDevice(state[stepNames.carry(i)] as Tensor, dtype, transfer),
      ),
      ...loop.body.outputs.map(({ dtype }, i) => fromPieces(stacks[i] ?? [], dtype, transfer)),
    ];
    for (const node of results) values.set(node, all[node.index] as GpuTensor);
    const wanted = new Set(results.map(({ index }) => index));
    for (const [i, tensor] of all.entries()) if (!wanted.has(i)) tensor.dispose();
  };
}

/** What every run of the body reads anew, on the device for that. */
async function constantFeeds(loop: Loop, values: Values): Promise<Record<string, Tensor>> {
  const feeds: Record<string, Tensor> = {};
  for (const [i, node] of loop.sequences.entries()) {
    feeds[stepNames.sequence(i)] = await known(node, values).resident();
  }
  for (const [i, node] of capturedValues(loop).entries()) {
    feeds[stepNames.captured(i)] = await known(node, values).resident();
  }
  return feeds;
}

async function initialState(
  { carry }: Loop,
  values: Values,
  transfer: Transfer,
): Promise<Record<string, Tensor>> {
  const zero: HostTensor = { dtype: 'int32', shape: [], data: Int32Array.of(0) };
  const state: Record<string, Tensor> = { [stepNames.step]: transfer.wrap(zero) };
  for (const [i, node] of carry.entries()) state[stepNames.carry(i)] = await known(node, values).resident();
  return state;
}

function nextState({ carry }: Loop, results: InferenceSession.OnnxValueMapType): Record<string, Tensor> {
  const state: Record<string, Tensor> = { [stepNames.step]: results[stepNames.nextStep] as Tensor };
  for (const i of carry.keys()) state[stepNames.carry(i)] = results[stepNames.nextCarry(i)] as Tensor;
  return state;
}

function known(node: Node, values: Values): GpuTensor {
  const value = values.get(node);
  if (value === undefined) throw new Error(`A ${node.op} node was read before it was computed.`);
  return value;
}

/** The results, each a tensor of its own; whatever else was computed on the way is given back. */
async function takeOutputs(
  { inputs, outputs }: Program,
  values: Values,
  transfer: Transfer,
): Promise<Record<string, DeviceTensor>> {
  const results: Record<string, DeviceTensor> = {};
  const taken = new Set<Node>(inputs);
  for (const [name, node] of Object.entries(outputs)) {
    const value = known(node, values);
    // Returned twice, or handed through: a copy, because whoever owns one may dispose of it.
    results[name] = taken.has(node) ? fromHost(await value.read(), transfer) : value;
    taken.add(node);
  }
  for (const [node, value] of values) if (!taken.has(node)) value.dispose();
  return results;
}
