// Our stored trials beside another program's runs on the same rows (scikitLearn.mjs, pyrelational.mjs): tables, CSV and charts.
//   node scripts/papers/beside.mjs RESULTS… --runs FILE --rival NAME --out FOLDER
// writes FOLDER/beside.md, beside.csv and a chart per model and metric, light and dark.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { besideRival } from '../../dist/analysis/index.js';
import { besideCharts } from '../../dist/render/charts/besideChart.js';
import { renderPng, renderSvg } from '../../dist/render/index.js';
import { renderBesideCsv, renderBesideMarkdown } from '../../dist/render/renderBeside.js';
import { writeAside } from '../../dist/render/writeAside.js';
import { readStores } from '../../dist/store/readStores.js';
import { readLines } from './jsonLines.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { runs: { type: 'string' }, rival: { type: 'string' }, out: { type: 'string' } },
});
const { runs: path, rival, out } = values;
if (positionals.length === 0 || !path || !rival || !out) {
  throw new Error('Usage: beside.mjs RESULTS… --runs FILE --rival NAME --out FOLDER');
}
const runs = readLines(path);
const { trials } = readStores(positionals);
const versions = [
  ...new Set(
    runs.map(({ versions: of }) =>
      Object.entries(of ?? {})
        .map((each) => each.join(' '))
        .join(', '),
    ),
  ),
];
const tables = [];
const csv = [];
for (const metric of ['accuracy', 'nll']) {
  const compared = besideRival(trials, runs, metric);
  if (compared.length === 0)
    throw new Error(`None of the ${runs.length} runs in ${path} is of a finished trial in ${positionals}.`);
  tables.push(renderBesideMarkdown(compared, { rival, metric }));
  csv.push(
    renderBesideCsv(compared, metric)
      .split('\n')
      .slice(csv.length > 0 ? 1 : 0)
      .join('\n'),
  );
  for (const scheme of ['light', 'dark']) {
    for (const { name, spec } of besideCharts(compared, { rival, metric, scheme })) {
      const base = join(out, `beside-${name}-${metric}${scheme === 'dark' ? '-dark' : ''}`);
      const svg = await renderSvg(spec);
      await writeAside(`${base}.svg`, svg);
      await writeAside(`${base}.png`, await renderPng(svg));
    }
  }
}
const head = `# querybench beside ${rival}\n\nRuns of ${versions.join('; ')}.\n`;
await writeAside(join(out, 'beside.md'), [head, ...tables].join('\n'));
await writeAside(join(out, 'beside.csv'), csv.join(''));
console.log(join(out, 'beside.md'));
