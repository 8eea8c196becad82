// npm run bench [-- PART …] [--repetitions N]: speed as ratios, both sides turn by turn in one run, warm.
// npm run bench -- --install: the rivals. Results: results/bench/latest.json, latest.md, bench.svg and bench.png.
import { parseArgs } from 'node:util';
import { installRivals } from './install.mjs';
import { describeRow, writeResults } from './results.mjs';

/** A part's generator takes the number of repetitions, or has its own. */
const parts = {
  mlp: async () => (await import('./training.mjs')).mlp,
  tfjs: async () => (await import('./training.mjs')).tfjs,
  cnn: async () => (await import('./training.mjs')).cnn,
  scoring: async () => (await import('./scoring.mjs')).scoring,
  quickstart: async () => (await import('./quickstart.mjs')).quickstart,
  strategies: async () => (await import('./strategies.mjs')).strategies,
  bootstrap: async () => (await import('./bootstrap.mjs')).bootstrap,
  scores: async () => (await import('./strategies.mjs')).scores,
  'batch-bald': async () => (await import('./strategies.mjs')).jointScores,
  harness: async () => (await import('./scaling.mjs')).harness,
  step: async () => (await import('./step.mjs')).step,
  startup: async () => (await import('./startup.mjs')).startup,
  report: async () => (await import('./report.mjs')).report,
  scaling: async () => (await import('./scaling.mjs')).scaling,
};

const usage = `npm run bench -- [PART …] [--repetitions N], or --install. Parts: ${Object.keys(parts).join(', ')}.`;
const { values, positionals } = parse();
if (values.help) {
  console.log(usage);
  process.exit(0);
}
const unknown = positionals.find((part) => !Object.hasOwn(parts, part));
const repetitions = values.repetitions === undefined ? undefined : Number(values.repetitions);
if (unknown !== undefined) fail(`Unknown part "${unknown}". Known: ${Object.keys(parts).join(', ')}.`);
if (repetitions !== undefined && !(Number.isInteger(repetitions) && repetitions > 0)) {
  fail(`--repetitions takes a whole number from 1, not "${values.repetitions}".`);
}

if (values.install) installRivals();
else {
  const rows = [];
  for (const part of positionals.length > 0 ? positionals : Object.keys(parts)) {
    const measure = await parts[part]();
    for await (const row of measure(repetitions)) {
      rows.push({ part, ...row });
      console.log(describeRow(row));
    }
  }
  const files = await writeResults(rows);
  console.log(`Written: ${files.join(', ')}`);
}

function parse() {
  const flag = { type: 'boolean' };
  const options = { install: flag, help: flag, repetitions: { type: 'string' } };
  try {
    return parseArgs({ options, allowPositionals: true });
  } catch (error) {
    return fail(`${error.message.split('. ')[0]}. ${usage}`);
  }
}

function fail(message) {
  console.error(message);
  process.exit(2);
}
