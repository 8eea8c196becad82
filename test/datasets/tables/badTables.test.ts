/** Files that hold something else than they should: each is refused with the place, the value met and a remedy. */
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { readMatrix, readTable, writeNpy } from '../../../src/datasets/tables/index.ts';
import { UserError } from '../../../src/foundation/userError.ts';
import { temporaryFolder } from '../../folders.ts';

const fixtures = fileURLToPath(new URL('../../fixtures/tables/', import.meta.url));
const fixture = (name: string): Buffer => readFileSync(join(fixtures, name));

function npy(values: Float32Array | Float64Array, shape: readonly number[]) {
  return (path: string) => writeNpy(path, values, shape);
}
const large = Float64Array.of(1, 2, 1e300, 4);
const notANumber = Float32Array.of(1, 2, 3, Number.NaN);
const infinite = Float32Array.of(1, Number.NEGATIVE_INFINITY);

type Content = string | Buffer | ((path: string) => void);

test.each<readonly [name: string, content: Content, code: string, says: readonly (string | RegExp)[]]>([
  ['none.csv', () => {}, 'unreadable-file', ['must be a file that can be read', 'ENOENT']],
  ['folder.csv', (path) => mkdirSync(path), 'unreadable-file', ['it is no file']],
  ['table.xlsx', '1,2', 'unknown-format', ['must end in .npy, .csv']],
  ['empty.csv', '', 'empty-file', ['must have at least one row']],
  ['header.csv', 'a,b\n', 'empty-file', ['must have at least one row']],
  ['ragged.csv', 'a,b\n1,2\n3\n', 'unequal-rows', ['line 3', 'must have 2 values', 'has 1']],
  ['long.csv', '1,2\n3,4,5\n', 'unequal-rows', ['line 2', 'has 3']],
  ['nan.csv', 'a,b\n1,2\n3,nan\n', 'bad-value', ['line 3, column "b"', 'finite number', 'is "nan"']],
  ['first.csv', 'nan,2\n3,4\n', 'bad-value', ['line 1, column "column0"', 'is "nan"']],
  ['inf.csv', 'a,b\n1,2\n-inf,4\n', 'bad-value', ['line 3, column "a"', 'is "-inf"']],
  ['infinity.csv', 'a,b\n1,Infinity\n', 'bad-value', ['line 2, column "b"', 'is Infinity']],
  ['word.csv', 'a,b\n1,2\n3,four\n', 'bad-value', ['line 3, column "b"', 'is "four"']],
  ['gap.csv', 'a,b\n1,2\n,4\n', 'bad-value', ['line 3, column "a"', 'is missing']],
  ['big.csv', 'a,b\n1,1e300\n', 'bad-value', ['line 2, column "b"', 'single precision', '1e+300']],
  ['quoted.csv', 'a,b\n1,"2\n3,4\n', 'bad-csv', ['must be CSV', /quot/i]],
  ['blank.csv', 'a,b\n\n1,2\n\n3,x\n', 'bad-value', ['line 5, column "b"']],
  ['cut.csv.gz', gzipSync('1,2\n'.repeat(5000)).subarray(0, 60), 'corrupt-archive', ['whole gzip archive']],
  ['empty.npy', '', 'bad-npy', ['must begin as a NumPy array does']],
  ['table.npy', 'a,b\n1,2\n3,4\n', 'bad-npy', ['must begin as a NumPy array does']],
  ['truncated.npy', fixture('f8.npy').subarray(0, 200), 'truncated-file', ['224 bytes', 'has 200']],
  ['header.npy', fixture('f8.npy').subarray(0, 60), 'bad-npy', ['ends inside it']],
  ['longer.npy', Buffer.concat([fixture('f8.npy'), Buffer.from('x')]), 'oversized-file', ['has 225']],
  ['cut.npy.gz', gzipSync(fixture('f8.npy').subarray(0, 200)), 'truncated-file', ['has fewer']],
  ['object.npy', fixture('object.npy'), 'object-array', ['dtype=object', 'numpy.asarray']],
  ['structured.npy', fixture('structured.npy'), 'bad-npy', ['a structured type']],
  ['complex.npy', fixture('complex.npy'), 'bad-npy', ['"<c16"', 'astype']],
  ['nothing.npy', npy(new Float32Array(0), [0, 3]), 'empty-file', ['at least one row']],
  ['nan.npy', npy(notANumber, [2, 2]), 'bad-value', ['row 1, column 1 (counted from 0)', 'is NaN']],
  ['infinite.npy', npy(infinite, [2]), 'bad-value', ['row 1 (counted from 0)', 'is -Infinity']],
  ['large.npy', npy(large, [2, 2]), 'bad-value', ['row 1, column 0', 'is 1e+300']],
  ['text.parquet', 'a,b\n1,2\n3,4\n5,6\n', 'bad-parquet', ['must be Parquet']],
  ['missing.parquet', fixture('missing.parquet'), 'bad-value', ['row 1', 'column "x"', 'is missing']],
  ['unequal.parquet', fixture('unequal.parquet'), 'unequal-rows', ['row 1', 'must have 2 values', 'has 1']],
  ['zeros.idx', Buffer.alloc(3), 'bad-idx', ['magic number']],
  ['short.idx', Buffer.from([0, 0, 8, 1, 0, 0, 0, 9, 1]), 'truncated-file', ['17 bytes']],
])('%s', async (name, content, code, says) => {
  const path = join(temporaryFolder(), name);
  if (typeof content === 'function') content(path);
  else writeFileSync(path, content);
  const error = await readTable(path).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(UserError);
  const { code: met, message } = error as UserError;
  expect({ met, message }).toMatchObject({ met: code });
  expect(message).toContain(name);
  for (const each of says) expect(message).toMatch(each);
});

test('two columns of one name, where it matters', async () => {
  const path = join(temporaryFolder(), 'twins.csv');
  writeFileSync(path, 'a,a\n1,2\n');
  await expect(readTable(path, { roleOf: () => 'number' })).rejects.toThrow('two are called "a"');
  expect((await readMatrix(path)).columnNames).toEqual(['a', 'a']);
});

test('a file without numbers', async () => {
  const path = join(temporaryFolder(), 'text.npy');
  copyFileSync(join(fixtures, 'text.npy'), path);
  await expect(readMatrix(path)).rejects.toThrow('must have a column of numbers');
});
