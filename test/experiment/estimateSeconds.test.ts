import { expect, test } from 'vitest';
import { createEngine } from '../../src/engines/index.ts';
import { estimateSeconds } from '../../src/experiment/estimateSeconds.ts';
import { planFrom } from '../../src/experiment/loadPlan.ts';

const spec = {
  ...{ name: 'estimate', dataset: 'digits', model: 'mlp', strategy: 'random', seed: 0 },
  ...{ initialPoolSize: 20, queryBatchSize: 10, rounds: 3 },
};

test('rounds are measured to their end, unless they take too long: then the estimate says so', async () => {
  const { trials } = await planFrom(spec);
  const engine = await createEngine('onnx');
  const whole = await estimateSeconds(trials, { engine, numWorkers: 1 });
  expect(whole).toMatchObject({ isLowerBound: false, numPacks: 1 });
  const endless = await planFrom({ ...spec, training: { stop: { rule: 'epochs', epochs: 1_000_000 } } });
  const cut = await estimateSeconds(endless.trials, { engine, numWorkers: 1, longestRound: 0.2 });
  expect(cut).toMatchObject({ isLowerBound: true, numPacks: 1 });
  // Four rounds that were left after 0.2 s each.
  expect(cut.seconds).toBeGreaterThan(0.8);
});
