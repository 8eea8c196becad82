/**
 * Why two records of one trial need not be equal to the last bit. Without a reason they must be: the same engine,
 * versions, platform, CPU features and number of networks in one program, on a processor's cores.
 */
import { computesOnCores } from '../engines/index.ts';
import { keyDifferences, keyDifferenceText } from './keyDifferences.ts';

type Environment = Readonly<Record<string, string>>;

/** Of an environment's keys, what says how a run came about and computes nothing. Every other key, also a new one, counts. */
const circumstances: readonly string[] = ['commit', 'deviceChoice', 'fallback'];

/** One per key, `node: v20.19.0 → v22.1.0`; empty where every bit must be equal. */
export function bitReasons(baseline: Environment, current: Environment): string[] {
  const gpu = [baseline, current].find((environment) => !isOnCores(environment));
  return [
    ...keyDifferences(decisive(baseline, current), decisive(current, baseline)).map(keyDifferenceText),
    ...(gpu === undefined
      ? []
      : [`device ${gpu.device}: a record does not name its GPU, nor in which order that adds up`]),
  ];
}

/** Records without a device are older than the choice of one. */
function isOnCores({ device }: Environment): boolean {
  return device === undefined || computesOnCores({ device });
}

function decisive(environment: Environment, other: Environment): Environment {
  // Kernels are chosen by features. TensorFlow's also cut products by the size of caches, which the model stands for.
  const isModelDecisive =
    environment.engine === 'tfjs' || environment.cpuFeatures === undefined || other.cpuFeatures === undefined;
  const ignored = isModelDecisive ? circumstances : [...circumstances, 'cpu'];
  return Object.fromEntries(Object.entries(environment).filter(([key]) => !ignored.includes(key)));
}
