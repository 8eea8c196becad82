// `node scripts/bench/strategyScaling.mjs [LARGEST_POOL] [STRATEGY …]`: time and memory of every strategy over the size of the
// pool, one thread, each in a process of its own. Writes results/bench/strategy-scaling.{json,svg,png}.
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { renderPng } from '../../dist/render/renderPng.js';
import { renderSvg } from '../../dist/render/renderSvg.js';
import { strategies } from '../../dist/strategies/index.js';
import { repository } from './sides.mjs';
import { strategyScalingChart } from './strategyScalingChart.mjs';

const [largest = '1000000', ...asked] = process.argv.slice(2);
const sizes = [1_000, 10_000, 100_000, 1_000_000].filter((size) => size <= Number(largest));
const [width, numClasses, numLabelled, k] = [128, 10, 1000, 100];
/** Seconds for one selection. */
const timeLimit = 600;
/** Options that an entry cannot do without. */
const options = { 'class-entropy': { class: 0 }, 'class-probability': { class: 0 } };

const names = Object.keys(strategies).filter(
  (name) => !strategies[name].isBound && (asked.length === 0 || asked.includes(name)),
);
const rows = [];
for (const name of names) {
  for (const numPool of sizes) {
    const row = { strategy: name, numPool, ...measure(name, numPool) };
    rows.push(row);
    console.log(JSON.stringify(row));
    if (row.seconds === undefined) break;
  }
}
const folder = join(repository, 'results', 'bench');
mkdirSync(folder, { recursive: true });
const svg = await renderSvg(strategyScalingChart(rows, { width, numClasses, numLabelled, k }));
writeFileSync(join(folder, 'strategy-scaling.json'), `${JSON.stringify(rows, undefined, 1)}\n`);
writeFileSync(join(folder, 'strategy-scaling.svg'), svg);
writeFileSync(join(folder, 'strategy-scaling.png'), await renderPng(svg));

function measure(name, numPool) {
  const shape = JSON.stringify({ numPool, width, numClasses, numLabelled });
  const program = join(repository, 'scripts/bench/ours/strategyOnce.mjs');
  const args = [program, name, JSON.stringify(options[name] ?? {}), shape, String(k)];
  const { status, signal, stdout, stderr } = spawnSync(process.execPath, args, {
    ...{ encoding: 'utf8', timeout: timeLimit * 1000 },
  });
  if (signal !== null) return { refused: `more than ${timeLimit} s` };
  if (status !== 0) return { refused: stderr.trim().split('\n').at(-1) };
  return JSON.parse(stdout);
}
