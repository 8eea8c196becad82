// `querybench --help` against `node -e 0`: wall time of whole processes, turn by turn.
import { spawnSync } from 'node:child_process';
import { median } from './statistics.mjs';

const repetitions = 11;

export async function* measure() {
  const [help, empty] = [[], []];
  for (let i = 0; i < repetitions; i++) {
    help.push(timed(['dist/cli/main.js', '--help']));
    empty.push(timed(['-e', '0']));
  }
  const extra = median(help.map((value, i) => value - empty[i]));
  yield {
    what: 'querybench --help against node -e 0, time',
    ratio: median(help) / median(empty),
    ...{ goal: '≤ 150 ms more', met: extra <= 150 },
    detail: `${extra.toFixed(0)} ms more`,
  };
}

function timed(args) {
  const start = performance.now();
  const { status } = spawnSync(process.execPath, args, { stdio: 'ignore' });
  if (status !== 0) throw new Error(`node ${args.join(' ')} ended with ${status}`);
  return performance.now() - start;
}
