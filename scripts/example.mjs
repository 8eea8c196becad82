// The README's example of the library: node scripts/example.mjs
import { planFrom, readStore, runExperiment, summarise, writeReport } from 'querybench';

const directory = 'results/library';
const plan = await planFrom({
  ...{ name: 'library', dataset: 'digits', model: 'logistic', strategy: ['random', 'margin'] },
  ...{ initialPoolSize: 50, queryBatchSize: 10, budget: 150, seed: '0-4' },
});
await runExperiment(plan, { directory, reporter: { onTrialEnd: ({ trial }) => console.log(trial.id) } });
const { trials } = readStore(directory);
for (const { strategy, aubc } of summarise(trials)) console.log(strategy, aubc.mean, aubc.interval);
await writeReport({ trials, name: 'library', outDirectory: directory });
