// npm run bench [-- step scaling startup]: speed as ratios, both sides interleaved in one run.
// Each part prints a row per measurement: median ratio, and the smallest and largest of the repetitions.
import { writeFileSync } from 'node:fs';

const parts = ['step', 'startup', 'scaling'];
const asked = process.argv.slice(2);
const unknown = asked.find((part) => !parts.includes(part));
if (unknown !== undefined) {
  console.error(`Unknown part "${unknown}". Known: ${parts.join(', ')}.`);
  process.exit(2);
}
const rows = [];
for (const part of asked.length > 0 ? asked : parts) {
  const { measure } = await import(`./${part}.mjs`);
  for await (const row of measure()) {
    rows.push(row);
    const { what, ratio, spread, goal, detail } = row;
    const range = spread === undefined ? '' : ` (${spread.map((value) => value.toFixed(2)).join(' to ')})`;
    console.log(
      `${row.met ? 'met ' : 'MISS'}  ${what}: ${ratio.toFixed(3)}${range}, goal ${goal}; ${detail}`,
    );
  }
}
writeFileSync('results/bench.json', `${JSON.stringify(rows, undefined, 1)}\n`);
