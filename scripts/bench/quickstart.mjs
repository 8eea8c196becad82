// PyRelational's quickstart, whole runs of one strategy (margin, 10 MC-dropout samples), by querybench and by PyRelational.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compare } from './compare.mjs';
import { ours, pyrelational } from './sides.mjs';
import { unpackFashion } from './unpackFashion.mjs';

export async function* quickstart(repetitions = 2) {
  const folder = mkdtempSync(join(tmpdir(), 'querybench-bench-'));
  try {
    const rival = pyrelational('pyrelational_run.py', folder);
    if (!rival.missing) await unpackFashion(join(folder, 'FashionMNIST', 'raw'));
    yield await compare(
      {
        ...{ what: 'PyRelational quickstart, one strategy', ours: ours('quickstart.mjs'), rival, goal: 20 },
        ...{
          unit: 'pool rows/s',
          detail: 'querybench: the whole run, data loading and start of the worker included',
        },
      },
      repetitions,
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}
