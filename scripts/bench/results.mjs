// What a bench leaves behind: results/bench/latest.json, a Markdown table of it, and a bar chart of the comparisons with rivals.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { markdownTable } from 'markdown-table';
import { renderPng } from '../../dist/render/renderPng.js';
import { renderSvg } from '../../dist/render/renderSvg.js';
import { rivalChart } from './rivalChart.mjs';
import { repository } from './sides.mjs';

const folder = join('results', 'bench');

/** Rows of other parts that were measured in the same environment stay. Returns the names of the files. */
export async function writeResults(measured) {
  mkdirSync(folder, { recursive: true });
  const environment = describeEnvironment();
  const file = join(folder, 'latest.json');
  const before = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { rows: [] };
  const isSame = JSON.stringify(before.environment) === JSON.stringify(environment);
  const parts = new Set(measured.map(({ part }) => part));
  const date = new Date().toISOString();
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
  const kept = isSame ? before.rows.filter(({ part }) => !parts.has(part)) : [];
  const rows = [...kept, ...measured.map((row) => ({ ...row, date, commit }))];
  const files = { [file]: `${JSON.stringify({ environment, rows }, undefined, 1)}\n` };
  files[join(folder, 'latest.md')] = renderTable(rows, environment);
  const compared = rows.filter(({ rivalRate }) => rivalRate !== undefined);
  if (compared.length > 0) {
    const svg = await renderSvg(rivalChart(compared, environment));
    files[join(folder, 'rivals.svg')] = svg;
    files[join(folder, 'rivals.png')] = await renderPng(svg);
  }
  for (const [path, content] of Object.entries(files)) writeFileSync(path, content);
  return Object.keys(files);
}

/** One line for the terminal. */
export function describeRow(row) {
  const title = row.against === undefined ? row.what : `${row.what} against ${row.against}`;
  if (row.skipped) return `skip  ${title}: ${row.skipped}`;
  return `${row.met ? 'met ' : 'MISS'}  ${title}: ${measured(row)}, goal ${goal(row)}; ${row.detail}`;
}

function renderTable(rows, { cpu, cores, versions }) {
  const cells = rows.map((row) => [
    row.what,
    row.against ?? '–',
    row.skipped ? 'not installed' : measured(row),
    goal(row),
    row.rivalRate === undefined
      ? '–'
      : `${thousands(row.rate)} against ${thousands(row.rivalRate)} ${row.unit}`,
    row.detail,
  ]);
  const head = ['what', 'against', 'measured', 'goal', 'rates (medians)', 'how'];
  const names = Object.entries({ ...versions, ...Object.assign({}, ...rows.map((row) => row.versions)) });
  return [
    `Measured by \`npm run bench\` on ${cores} cores of ${cpu}; ${names.map(([name, version]) => `${name} ${version}`).join(', ')}.`,
    'Ratios are medians over pairs of repetitions, both sides turn by turn; in brackets their smallest and largest.',
    `${markdownTable([head, ...cells])}\n`,
  ].join('\n\n');
}

const thousands = (value) => Math.round(value).toLocaleString('en');

function measured({ value, range, unit, rivalRate }) {
  const suffix = rivalRate === undefined ? ` ${unit}` : ' ×';
  const between = range === undefined ? '' : ` (${range.map((bound) => short(bound)).join(' to ')})`;
  return `${short(value)}${suffix}${between}`;
}

const short = (value) => (Math.abs(value) >= 100 ? value.toFixed(0) : value.toPrecision(3));

const goal = ({ goal: { least, most } }) => (least === undefined ? `≤ ${most}` : `≥ ${least}`);

function describeEnvironment() {
  const { version } = JSON.parse(
    readFileSync(join(repository, 'node_modules/onnxruntime-node/package.json'), 'utf8'),
  );
  return {
    cpu: cpus()[0]?.model.trim() ?? 'unknown processor',
    cores: availableParallelism(),
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    platform: `${process.platform} ${process.arch}`,
    versions: { node: process.versions.node, 'onnxruntime-node': version },
  };
}
