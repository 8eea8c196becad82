// `querybench --help` against `node -e 0`: wall time of whole processes, turn by turn.
import { spawnSync } from 'node:child_process';
import { median } from './statistics.mjs';

export async function* startup(repetitions = 11) {
  const [help, empty] = [[], []];
  for (let i = 0; i < repetitions; i++) {
    help.push(timed(['dist/cli/main.js', '--help']));
    empty.push(timed(['-e', '0']));
  }
  const extra = help.map((value, i) => value - empty[i]);
  yield {
    ...{ what: 'querybench --help', against: 'node -e 0', unit: 'ms more' },
    ...{ value: median(extra), range: [Math.min(...extra), Math.max(...extra)], repetitions },
    ...{ goal: { most: 150 }, met: median(extra) <= 150, detail: 'whole processes, wall time' },
  };
}

function timed(args) {
  const start = performance.now();
  const { status } = spawnSync(process.execPath, args, { stdio: 'ignore' });
  if (status !== 0) throw new Error(`node ${args.join(' ')} ended with ${status}`);
  return performance.now() - start;
}
