// node scripts/bench/live.mjs [trials] [rounds]: how soon the live pages answer over that many trials of made-up records.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startServer } from '../../dist/server/startServer.js';
import { extentOf, writeExperiment } from '../../dist/store/experimentFile.js';
import { SCHEMA_VERSION } from '../../dist/store/record.js';
import { encodeLine } from '../../dist/store/recordLine.js';

const [numTrials = 10_000, numRounds = 20] = process.argv.slice(2).map(Number);
const numStrategies = 20;
const pools = [20, 50, 100];
const numSeeds = Math.ceil(numTrials / numStrategies / pools.length);
const root = mkdtempSync(join(tmpdir(), 'querybench-live-'));
const directory = join(root, 'many');
try {
  writeTrials();
  const server = await startServer({ root, isOwnRun: false, makeReport: async () => {} });
  const base = `http://127.0.0.1:${server.port}`;
  const report = (what, milliseconds) => console.log(`${what.padEnd(44)} ${Math.round(milliseconds)} ms`);
  report('the list page', await timed(() => fetch(base).then((answer) => answer.text())));
  report('the first list of runs', await timed(() => firstMessage(`${base}/events`, () => true)));
  report('the list of runs again', await timed(() => firstMessage(`${base}/events`, () => true)));
  report("a run's page", await timed(() => fetch(`${base}/run/many`).then((answer) => answer.text())));
  const events = `${base}/events/many`;
  report('its first message', await timed(() => firstMessage(events, () => true)));
  report(
    'all records read',
    await timed(() => firstMessage(events, ({ status }) => status.readFraction === 1)),
  );
  report('its first message, all records known', await timed(() => firstMessage(events, () => true)));
  console.log(`${Math.round(process.memoryUsage.rss() / 2 ** 20)} MiB in all`);
  await server.close();
} finally {
  rmSync(root, { recursive: true, force: true });
}

async function timed(work) {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** The first message of a stream that fits. */
async function firstMessage(address, fits) {
  const stopping = new AbortController();
  const answer = await fetch(address, { signal: stopping.signal });
  let text = '';
  for await (const piece of answer.body.pipeThrough(new TextDecoderStream())) {
    text += piece;
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const event = text.slice(0, end);
      text = text.slice(end + 2);
      if (event.startsWith('data: ') && fits(JSON.parse(event.slice(6)))) {
        stopping.abort();
        return;
      }
    }
  }
}

function writeTrials() {
  mkdirSync(join(directory, 'trials'), { recursive: true });
  const trials = [];
  for (let i = 0; i < numTrials; i++) {
    const initialPoolSize = pools[Math.floor(i / numStrategies / numSeeds) % pools.length];
    const seed = i % numSeeds;
    const strategy = `strategy-${Math.floor(i / numSeeds) % numStrategies}`;
    const budget = initialPoolSize + 10 * (numRounds - 1);
    const id = i.toString(16).padStart(16, '0');
    const labels = { dataset: 'digits', model: 'mlp', strategy, oracle: 'perfect' };
    const identity = {
      strategy: { name: 'margin', version: 1, options: {} },
      initialPoolSize,
      queryBatchSize: 10,
      budget,
      seed,
    };
    trials.push({ id, labels, extent: extentOf(identity) });
    const header = {
      kind: 'header',
      schemaVersion: SCHEMA_VERSION,
      trial: { id, cohort: id, labels, identity },
      environment: {},
    };
    const lines = [
      header,
      ...Array.from({ length: numRounds }, (_, round) => roundOf(round, initialPoolSize, i)),
    ];
    lines.push({ kind: 'footer', status: 'finished', numRounds, seconds: 1 });
    writeFileSync(join(directory, 'trials', `${id}.jsonl`), lines.map(encodeLine).join(''));
  }
  writeExperiment(directory, { name: 'many', spec: {}, trials });
}

function roundOf(round, initialPoolSize, i) {
  const accuracy = 1 - 0.6 / (1 + round / 4) - (i % 17) / 400;
  return {
    ...{ kind: 'round', round, numLabels: initialPoolSize + 10 * round },
    metrics: { accuracy, nll: 1.2345678901, macroF1: accuracy, brier: 0.31234567, ece: 0.0412345 },
    training: { epochs: 30, steps: 240, finalLoss: 0.0123456789 },
    queriedRows: Array.from({ length: 10 }, (_, k) => 100 * round + k),
    answers: Array.from({ length: 10 }, (_, k) => k),
    labelCost: 10,
    seconds: { fit: 0.123456, score: 0.0123456, select: 0.0012345, evaluate: 0.0234567 },
  };
}
