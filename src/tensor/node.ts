/**
 * The tensor graph: immutable nodes that point at their operands. A node knows its operation, element type and shape;
 * what runs it (an engine) and what it means (a model) are no business of this folder.
 */

export type DType = 'float32' | 'int32' | 'uint8';

/** A size: a number, or the name of a size that is known only when the program runs. */
export type Dim = number | string;
export type Shape = readonly Dim[];

export type UnaryKind = 'erf' | 'exp' | 'log' | 'neg' | 'relu' | 'sign' | 'sqrt' | 'square' | 'tanh';
export type BinaryKind = 'add' | 'sub' | 'mul' | 'div';

interface Typed {
  readonly dtype: DType;
  readonly shape: Shape;
}

/** A value from outside: of the program (named by its user) or of a loop's body (a carried value or a slice). */
export interface InputNode extends Typed {
  readonly op: 'input';
  readonly name: string;
}
interface ConstantNode extends Typed {
  readonly op: 'constant';
  readonly data: Float32Array | Int32Array;
}
/** Element by element; float32 only. */
interface UnaryNode extends Typed {
  readonly op: 'unary';
  readonly kind: UnaryKind;
  readonly x: Node;
}
/** Element by element with NumPy broadcasting; float32 only. */
interface BinaryNode extends Typed {
  readonly op: 'binary';
  readonly kind: BinaryKind;
  readonly a: Node;
  readonly b: Node;
}
/** Products of the last two axes, `[…, m, k] × […, k, n] → […, m, n]`, either operand transposed first. */
export interface MatMulNode extends Typed {
  readonly op: 'matMul';
  readonly a: Node;
  readonly b: Node;
  readonly transposeA: boolean;
  readonly transposeB: boolean;
}
/** Sum over `axes`, which stay as size 1. */
interface ReduceSumNode extends Typed {
  readonly op: 'reduceSum';
  readonly x: Node;
  readonly axes: readonly number[];
}
/** Largest value over the last axis, which stays as size 1. */
interface ReduceMaxNode extends Typed {
  readonly op: 'reduceMax';
  readonly x: Node;
}
/** Where along the last axis the largest value is, the first of equal ones: int32 […] of x […, size]. */
interface ArgMaxNode extends Typed {
  readonly op: 'argMax';
  readonly x: Node;
}
/** Logarithm of softmax over the last axis. */
interface LogSoftmaxNode extends Typed {
  readonly op: 'logSoftmax';
  readonly x: Node;
}
/** The same elements in the same order under another shape. */
interface ReshapeNode extends Typed {
  readonly op: 'reshape';
  readonly x: Node;
}
/** Axis i of the result is axis `permutation[i]` of `x`. */
interface TransposeNode extends Typed {
  readonly op: 'transpose';
  readonly x: Node;
  readonly permutation: readonly number[];
}
/** NumPy's `broadcast_to`. */
interface BroadcastNode extends Typed {
  readonly op: 'broadcast';
  readonly x: Node;
}
/** Rows of `table` [numRows, …rest] at int32 `indices` […outer] → […outer, …rest]. */
interface GatherNode extends Typed {
  readonly op: 'gather';
  readonly table: Node;
  readonly indices: Node;
}
/** Entries `start` … `end` - 1 along `axis`. */
interface SliceNode extends Typed {
  readonly op: 'slice';
  readonly x: Node;
  readonly axis: number;
  readonly start: number;
  readonly end: number;
}
/** `parts` one after another along `axis`. */
interface ConcatNode extends Typed {
  readonly op: 'concat';
  readonly parts: readonly Node[];
  readonly axis: number;
}
/** How a convolution moves: the same step along both axes, zeros around, and channels in groups of their own. */
export interface ConvGeometry {
  readonly stride: number;
  readonly padding: Readonly<Record<'top' | 'left' | 'bottom' | 'right', number>>;
  readonly groups: number;
}
/**
 * Cross-correlation of `x` [batchSize, groups · inChannels, height, width] with `weights` [groups · outChannels,
 * inChannels, kernelHeight, kernelWidth], plus `bias` [groups · outChannels].
 */
interface Conv2dNode extends Typed {
  readonly op: 'conv2d';
  readonly x: Node;
  readonly weights: Node;
  readonly bias: Node;
  readonly geometry: ConvGeometry;
}
/** The adjoint of a convolution's `x`, from the adjoint `g` of its result. */
interface Conv2dInputGradientNode extends Typed {
  readonly op: 'conv2dInputGradient';
  readonly g: Node;
  readonly weights: Node;
  readonly geometry: ConvGeometry;
}
/** The adjoint of a convolution's `weights`, from the adjoint `g` of its result. */
interface Conv2dWeightGradientNode extends Typed {
  readonly op: 'conv2dWeightGradient';
  readonly x: Node;
  readonly g: Node;
  readonly geometry: ConvGeometry;
}
/** Largest value of each square window over the last two axes; what does not fill a window is left out. */
export interface MaxPool2dNode extends Typed {
  readonly op: 'maxPool2d';
  readonly x: Node;
  readonly size: number;
  readonly stride: number;
}
/** The adjoint of `pool.x`: `g`'s elements where `pool` found its largest values, the first of equal ones. */
interface MaxPool2dGradientNode extends Typed {
  readonly op: 'maxPool2dGradient';
  readonly pool: MaxPool2dNode;
  readonly g: Node;
}
interface CastNode extends Typed {
  readonly op: 'cast';
  readonly x: Node;
}
/** One result of a loop: a carried value after the last step, or the stack of a per-step output. */
export interface LoopResultNode extends Typed {
  readonly op: 'loopResult';
  readonly loop: Loop;
  /** Index into `[...loop.body.carry, ...loop.body.outputs]`. */
  readonly index: number;
}

export type Node =
  | InputNode
  | ConstantNode
  | UnaryNode
  | BinaryNode
  | MatMulNode
  | ReduceSumNode
  | ReduceMaxNode
  | ArgMaxNode
  | LogSoftmaxNode
  | ReshapeNode
  | TransposeNode
  | BroadcastNode
  | GatherNode
  | SliceNode
  | ConcatNode
  | CastNode
  | Conv2dNode
  | Conv2dInputGradientNode
  | Conv2dWeightGradientNode
  | MaxPool2dNode
  | MaxPool2dGradientNode
  | LoopResultNode;

/** Steps over sequences with carried state, as in `jax.lax.scan`. Its body may use any node from outside. */
export interface Loop {
  readonly numSteps: Dim;
  /** Initial values of the carried state. */
  readonly carry: readonly Node[];
  /** [numSteps, …]: step t sees slice t. */
  readonly sequences: readonly Node[];
  readonly body: LoopBody;
  /** The nodes from outside that the body reads, besides its carried values and slices. */
  readonly captured: readonly Node[];
}

export interface LoopBody {
  readonly carryInputs: readonly InputNode[];
  readonly sliceInputs: readonly InputNode[];
  /** Next values of the carried state. */
  readonly carry: readonly Node[];
  /** Values stacked over the steps. */
  readonly outputs: readonly Node[];
}
