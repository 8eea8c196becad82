// npm run reproduce -- <name|all> [--scale ci|overnight|full] [--workers N] [--device D] [--pack N] [--pages [--wall SECONDS]]
// Runs what is missing of a published experiment in results/reproduced/<name>/<scale>/, then writes what is kept of it,
// results/papers/<name>/<scale>/, its page and the gallery. Without a
// name it lists what there is; --pages writes pages, tables and charts from results that are there, and runs nothing; --wall says
// how long a run that was made elsewhere took by the clock.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { UserError } from '../dist/foundation/userError.js';
import { EXPERIMENTS, keptFolder, PAGES, runFolder } from '../dist/papers/folders.js';
import { readPublished } from '../dist/papers/published.js';
import { countVerdicts, readReproduction } from '../dist/papers/reproduction.js';
import { readRivals } from '../dist/papers/rivals.js';
import { reproductionNames, scaleNames, scaleOverrides } from '../dist/papers/scales.js';
import { writePages } from '../dist/papers/writePages.js';
import { writeReproduction } from '../dist/papers/writeReproduction.js';
import { runQuerybench } from './papers/runQuerybench.mjs';

try {
  await main();
} catch (error) {
  if (!(error instanceof UserError) && !String(error.code).startsWith('ERR_PARSE_ARGS')) throw error;
  console.error(`reproduce: ${error.message}`);
  process.exitCode = 2;
}

async function main() {
  const text = { type: 'string' };
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      scale: { ...text, default: 'ci' },
      ...{ workers: text, device: text, pack: text },
      pages: { type: 'boolean', default: false },
      wall: text,
    },
  });
  const [name, ...more] = positionals;
  if (more.length > 0) {
    throw new UserError('bad-option', `One reproduction at a time, or "all"; met ${positionals.join(', ')}.`);
  }
  if (values.wall !== undefined && !(Number(values.wall) > 0 && values.pages)) {
    throw new UserError('bad-option', '--wall must be a number of seconds, and stand beside --pages.');
  }
  if (name === undefined && !values.pages) return list();
  const { scale } = values;
  const isAll = name === undefined || name === 'all';
  // All names and scales are looked at before the first trial runs.
  const chosen = [];
  for (const each of isAll ? reproductionNames(EXPERIMENTS) : [name]) {
    try {
      chosen.push({ name: each, overrides: await scaleOverrides(EXPERIMENTS, each, scale) });
    } catch (error) {
      if (!isAll || error.code !== 'no-such-scale') throw error;
    }
  }
  for (const { name: each, overrides } of chosen) await reproduce(each, overrides, values);
  console.log((await writePages({ experiments: EXPERIMENTS, results: PAGES })).join('\n'));
}

function list() {
  for (const name of reproductionNames(EXPERIMENTS)) {
    const done = scaleNames(EXPERIMENTS).filter((scale) => readReproduction(keptFolder(name, scale)));
    console.log(`${name.padEnd(22)} ${done.length === 0 ? 'no results yet' : `results: ${done.join(', ')}`}`);
  }
  console.log(`\nnpm run reproduce -- <name|all> --scale ${scaleNames(EXPERIMENTS).join('|')}`);
}

async function reproduce(name, overrides, { scale, pages, wall, workers, device, pack }) {
  const results = runFolder(name, scale);
  const published = await readPublished(join(EXPERIMENTS, 'published', `${name}.json`));
  let ranSeconds = 0;
  if (!pages) {
    const start = performance.now();
    const options = Object.entries({ workers, device, pack }).filter(([, value]) => value !== undefined);
    const { code } = await runQuerybench([
      ...['run', join(EXPERIMENTS, `${name}.yaml`), '--out', results],
      ...overrides.flatMap((override) => ['--set', override]),
      ...options.flatMap(([option, value]) => [`--${option}`, value]),
    ]);
    // Failed trials (4) are told on the page.
    if (code !== 0 && code !== 4) process.exit(code);
    ranSeconds = (performance.now() - start) / 1000;
  } else if (!existsSync(join(results, 'experiment.json'))) return;
  const { rows, numFinished, numPlanned } = await writeReproduction({
    ...{ results, directory: keptFolder(name, scale), name, scale, published },
    rivals: readRivals(join(PAGES, name)),
    // A run that finds nothing to do takes seconds, which are nobody's.
    ranSeconds: ranSeconds > 5 ? ranSeconds : 0,
    ...(wall !== undefined && { wallSeconds: Number(wall) }),
  });
  const { within, outside } = countVerdicts(rows);
  console.log(
    `${name}, ${scale}: ${numFinished} of ${numPlanned} trials; ${within} rows within their band, ${outside} outside`,
  );
}
