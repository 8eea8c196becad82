// npm run sample: copies the report that `npm run quickstart` has written to results/sample, which is committed.
import { cpSync, mkdirSync, readdirSync, rmSync } from 'node:fs';

const [from, to] = ['results/quickstart', 'results/sample'];
rmSync(to, { recursive: true, force: true });
mkdirSync(to, { recursive: true });
for (const name of ['report.html', 'summary.md', 'summary.csv', 'summary.tex', 'summary.json'])
  cpSync(`${from}/${name}`, `${to}/${name}`);
for (const [folder, prefix] of [
  ['curves', ''],
  ['overlap', 'overlap-'],
]) {
  for (const name of readdirSync(`${from}/${folder}`).filter((file) => file.endsWith('.png'))) {
    cpSync(`${from}/${folder}/${name}`, `${to}/${prefix}${name}`);
  }
}
