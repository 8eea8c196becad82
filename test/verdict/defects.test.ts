/**
 * What a check is for: mistakes that real harnesses have made (scripts/proof/defects.mjs), each built into a copy of the program, turn
 * `check` of experiments/ci.yaml red. Ten seeds here; `npm run proof` takes the spec's thirty.
 */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const program = fileURLToPath(new URL('../../scripts/proof/main.mjs', import.meta.url));

interface Caught {
  readonly name: string;
  readonly code: number;
  readonly keys: readonly string[];
}

test('every defect is caught, by the keys that should see it', { timeout: 600_000 }, async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [program, '0-9', '--json']);
  const found = JSON.parse(stdout) as readonly Caught[];
  const caught = Object.fromEntries(found.map(({ name, code, keys }) => [name, [code, ...keys]]));
  expect(caught).toEqual({
    'entropy-sign': [1, 'identity', 'invariant', 'regressed'],
    'margin-second-third': [1, 'identity', 'invariant', 'regressed'],
    'ties-by-row-order': [1, 'identity'],
    'shared-stream': [1, 'identity'],
    'warm-as-cold': [1, 'identity'],
    'badge-duplicates': [4, 'failed trials', 'identity'],
    'label-leak': [1, 'identity'],
    'off-by-one': [1, 'audit: planned-grid', 'identity'],
    'noise-by-strategy': [1, 'audit: paired-answers', 'identity'],
  });
});
