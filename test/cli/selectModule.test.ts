/** `querybench select` by a strategy of the user's own. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writeNpy } from '../../src/datasets/tables/index.ts';
import { sharedFolder } from '../folders.ts';
import { querybench, refuse, succeed } from './querybench.ts';

const cwd = sharedFolder();

test('a strategy of one’s own, and what it may do wrong', async () => {
  writeNpy(
    join(cwd, 'e.npy'),
    Float32Array.from({ length: 60 }, (_, i) => i),
    [60, 1],
  );
  const source = (body: string) => `export default (options) => ({ async select(context, k) { ${body} } });`;
  const modules = {
    last: 'return context.poolRows.slice(-k * (options.step ?? 1)).filter((_, i) => i % (options.step ?? 1) === 0)',
    twice: 'return new Int32Array(k)',
    asks: 'await context.predictions(); return context.poolRows.slice(0, k)',
    throws: 'throw new Error("no idea")',
  };
  for (const [name, body] of Object.entries(modules)) writeFileSync(join(cwd, `${name}.mjs`), source(body));
  const words = (name: string) => [
    'select',
    '--strategy',
    `./${name}.mjs`,
    '--embeddings',
    'e.npy',
    '--n',
    '2',
  ];
  expect((await succeed(words('last'), { cwd })).stdout).toBe('row\n58\n59\n');
  const stepped = await succeed([...words('last'), '--set', 'step=2'], { cwd });
  expect(stepped.stdout).toBe('row\n56\n58\n');
  await refuse(words('twice'), ['picked row 0 more than once'], { cwd });
  await refuse(words('asks'), ['asks for probabilities', '--probabilities'], { cwd });
  // Its own stack is what its author needs.
  expect(await querybench(words('throws'), { cwd })).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('no idea'),
  });
  await refuse(words('nowhere'), ['must be a module that can be read'], { cwd });
});
