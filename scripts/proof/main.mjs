// That `querybench check` catches mistakes: node scripts/proof/main.mjs [seeds] [--json]. Every mistake of defects.mjs is built into a copy
// of the program, whose results of experiments/ci.yaml are checked against a baseline of the sound one. That baseline is made here, so
// that the identity key counts too, as it does where a baseline was made on the machine that checks. Writes
// results/proof/defects.md; with --json it prints what it found and writes nothing.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { markdownTable } from 'markdown-table';
import { checkDefect, keysOf, makeSound } from './checkDefect.mjs';
import { defects } from './defects.mjs';

const outPath = fileURLToPath(new URL('../../results/proof/defects.md', import.meta.url));
const words = process.argv.slice(2);
const seeds = words.find((word) => !word.startsWith('--')) ?? '0-29';
const directory = mkdtempSync(join(tmpdir(), 'querybench-proof-'));
try {
  const sound = await makeSound({ spec: 'experiments/ci.yaml', seeds, directory });
  const found = [];
  for (const defect of defects) {
    const { code, report } = await checkDefect(defect, sound);
    found.push({
      name: defect.name,
      what: defect.what,
      code,
      keys: keysOf(report),
      gain: worstGain(defect, report),
    });
    process.stderr.write(`${defect.name}: ${code}, ${keysOf(report).join(', ')}\n`);
  }
  if (words.includes('--json')) process.stdout.write(`${JSON.stringify(found)}\n`);
  else {
    const rows = found.map(({ what, code, keys, gain }) => [what, `${code}`, keys.join(', '), gain ?? '–']);
    const table = markdownTable([['defect', 'exit code', 'keys that say no', 'worst cell, ΔAUBC'], ...rows]);
    writeFileSync(outPath, `${table}\n`);
    process.stdout.write(`${table}\n`);
  }
} finally {
  rmSync(directory, { recursive: true, force: true });
}

/** Mean gain of the cell that the defect harms most, among those that it can change and whose trials did not fail. */
function worstGain({ affects }, { cells }) {
  const gains = cells.filter(affects).map(({ gain }) => gain.mean);
  return gains.length === 0
    ? undefined
    : Math.min(...gains)
        .toFixed(3)
        .replace('-', '−');
}
