/** A sweep of seconds with a strategy of one's own, which can be made worse, or fail. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

const spec = `name: tiny
dataset: digits
model: logistic
strategy: [random, ./mine.mjs]
initialPoolSize: 20
queryBatchSize: 20
budget: 60
seed: 0-7
`;

/** `good` asks for the samples whose two best classes are closest, `worse` for those where they are farthest apart. */
export type ModuleKind = 'good' | 'worse' | 'failing';

const sortings: Readonly<Record<ModuleKind, string>> = {
  good: '(a, b) => gaps[a] - gaps[b]',
  worse: '(a, b) => gaps[b] - gaps[a]',
  failing: '() => { throw new Error("out of luck"); }',
};

export function writeModule(folder: string, kind: ModuleKind): void {
  const text = `export default {
  async select({ poolRows, predictions }, batchSize) {
    const { logProbabilities, numClasses } = await predictions();
    const gaps = Array.from(poolRows, (_, i) => {
      const row = logProbabilities.slice(i * numClasses, (i + 1) * numClasses).sort();
      return row[numClasses - 1] - row[numClasses - 2];
    });
    const order = gaps.map((_, i) => i).sort(${sortings[kind]});
    return order.slice(0, batchSize).map((i) => poolRows[i]);
  },
};
`;
  writeFileSync(join(folder, 'mine.mjs'), text);
}

/** Writes `tiny.yaml`, two cells of eight seeds, and its module. */
export function writeTinySpec(folder: string, kind: ModuleKind = 'good'): void {
  writeFileSync(join(folder, 'tiny.yaml'), spec);
  writeModule(folder, kind);
}
