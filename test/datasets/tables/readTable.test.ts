/** Files that NumPy, pandas and pyarrow wrote (scripts/fixtures/tables.py), read back to the values they were made of. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readMatrix, readTable, writeNpy } from '../../../src/datasets/tables/index.ts';
import { temporaryFolder } from '../../folders.ts';

const folder = fileURLToPath(new URL('../../fixtures/tables/', import.meta.url));
const expected: {
  matrix: { shape: number[]; values: number[] };
  files: string[];
  arrays: Record<string, { shape: number[]; values: number[] }>;
} = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8'));

describe('NumPy', () => {
  test.each(Object.entries(expected.arrays))('%s', async (name, { shape, values }) => {
    const read = await readMatrix(join(folder, `${name}.npy`));
    expect(read.shape).toEqual(shape);
    expect([...read.values]).toEqual(values.map(Math.fround));
    const exact = await readMatrix(join(folder, `${name}.npy`), { precision: 'double' });
    expect([...exact.values]).toEqual(values);
  });

  test('bytes and booleans stay bytes', async () => {
    for (const name of ['u1', 'bool', 'rank-4']) {
      expect((await readMatrix(join(folder, `${name}.npy`))).values).toBeInstanceOf(Uint8Array);
    }
  });

  test.each(['version-2.npy', 'version-3.npy', 'compressed.npy.gz'])('%s', async (name) => {
    const { values, shape } = await readMatrix(join(folder, name));
    expect({ values: [...values], shape }).toEqual(expected.matrix);
  });

  test('lists of text', async () => {
    const { texts, matrix } = await readTable(join(folder, 'text.npy'));
    expect(texts.get('value')).toEqual(['cat', 'dog', 'häuschen']);
    expect(matrix).toBeUndefined();
    expect((await readTable(join(folder, 'bytes.npy'))).texts.get('value')).toEqual(['cat', 'mouse']);
  });

  test('what is written is read back, whatever the shape', async () => {
    const path = join(temporaryFolder(), 'array.npy');
    const shapes = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 4 });
    const single = fc.float({ noDefaultInfinity: true, noNaN: true });
    await fc.assert(
      fc.asyncProperty(shapes, fc.infiniteStream(single), async (shape, stream) => {
        const length = shape.reduce((product, size) => product * size, 1);
        const values = Float32Array.from([...stream.take(length)]);
        writeNpy(path, values, shape);
        expect(await readMatrix(path)).toEqual({ values, shape });
      }),
      { numRuns: 30 },
    );
  });
});

describe('CSV', () => {
  test.each(['pandas.csv', 'pandas-index.csv', 'pandas.csv.gz'])('%s', async (name) => {
    const { numRows, matrix, texts } = await readTable(join(folder, name), {
      roleOf: ({ name: column, isNumeric, index }) =>
        column === '' && index === 0 ? 'skip' : column === 'label' ? 'text' : isNumeric ? 'matrix' : 'text',
    });
    expect(numRows).toBe(4);
    expect(matrix?.shape).toEqual(expected.matrix.shape);
    expect([...(matrix?.values ?? [])]).toEqual(expected.matrix.values);
    expect(matrix?.columnNames).toEqual(['x', 'y', 'z']);
    expect(texts.get('file')).toEqual(expected.files);
    expect(texts.get('label')).toEqual(['0', '1', '1', '0']);
  });

  test('the index that pandas writes is no feature', async () => {
    expect((await readMatrix(join(folder, 'pandas-index.csv'))).columnNames).toEqual([
      'x',
      'y',
      'z',
      'label',
    ]);
  });

  test.each<readonly [what: string, text: string, names: readonly string[], values: readonly number[]]>([
    ['without a header', '1,2\n3,4\n', ['column0', 'column1'], [1, 2, 3, 4]],
    ['one row', '1,2', ['column0', 'column1'], [1, 2]],
    [
      'Windows line ends, a byte order mark, blank lines',
      '\ufeffa,b\r\n\r\n1,2\r\n3,4\r\n\r\n',
      ['a', 'b'],
      [1, 2, 3, 4],
    ],
    ['spaces, signs and exponents', 'a,b\n +1 ,-2e-1\n', ['a', 'b'], [1, Math.fround(-0.2)]],
    ['line breaks inside quotation marks', '"a\nb",c\n1,2\n', ['a\nb', 'c'], [1, 2]],
    ['a header of which one name is a number', 'x,7\n1,2\n', ['x', '7'], [1, 2]],
  ])('%s', async (_, text, names, values) => {
    const path = join(temporaryFolder(), 'table.csv');
    writeFileSync(path, text);
    const { matrix } = await readTable(path);
    expect(matrix?.columnNames).toEqual(names);
    expect([...(matrix?.values ?? [])]).toEqual(values);
  });

  test('text in the first column, no header', async () => {
    const path = join(temporaryFolder(), 'table.tsv');
    writeFileSync(path, 'a.jpg\t1\nb.jpg\t2\n');
    const { texts, matrix } = await readTable(path);
    expect(texts.get('column0')).toEqual(['a.jpg', 'b.jpg']);
    expect([...(matrix?.values ?? [])]).toEqual([1, 2]);
  });

  test('columns that pandas numbers are a header', async () => {
    const { shape, columnNames } = await readMatrix(join(folder, 'numbered-columns.csv'));
    expect(shape).toEqual([4, 9]);
    expect(columnNames?.[8]).toBe('8');
  });

  test('many rows come in order', async () => {
    const path = join(temporaryFolder(), 'table.csv');
    const rows = Array.from({ length: 30_000 }, (_, i) => `image${i}.jpg,${i},${-i}`);
    writeFileSync(path, `filename,a,b\n${rows.join('\n')}\n`);
    const { matrix, texts, numRows } = await readTable(path);
    expect(numRows).toBe(30_000);
    expect(matrix?.values.every((value, i) => value === (i % 2 === 0 ? i / 2 : -(i - 1) / 2))).toBe(true);
    expect(texts.get('filename')?.at(-1)).toBe('image29999.jpg');
  });
});

describe('Parquet', () => {
  test('plain columns, integers and text', async () => {
    const { matrix, texts, numbers } = await readTable(join(folder, 'pandas.parquet'), {
      roleOf: ({ name, isNumeric }) => (name === 'label' ? 'number' : isNumeric ? 'matrix' : 'text'),
    });
    expect([...(matrix?.values ?? [])]).toEqual(expected.matrix.values);
    expect(matrix?.columnNames).toEqual(['x', 'y', 'z']);
    expect(texts.get('file')).toEqual(expected.files);
    expect([...(numbers.get('label') ?? [])]).toEqual([0, 1, 1, 0]);
  });

  test.each(['snappy', 'gzip', 'brotli', 'none'])('columns of lists, %s', async (compression) => {
    const path = join(folder, `vectors-${compression}.parquet`);
    for (const column of ['vector', 'fixed']) {
      const { values, shape } = await readMatrix(path, {
        roleOf: ({ name }) => (name === column ? 'matrix' : 'skip'),
      });
      expect({ values: [...values], shape }).toEqual(expected.matrix);
    }
    const { matrix } = await readTable(path);
    expect(matrix?.shape).toEqual([4, 8]);
    expect(matrix?.columnNames).toEqual(['vector', 'fixed', 'flag', 'half']);
    expect([...(matrix?.values ?? [])].slice(8, 16)).toEqual([40, 50, 60, 40, 50, 60, 0, 40]);
  });
});

test('IDX of floats', async () => {
  const path = join(temporaryFolder(), 'values.idx');
  const bytes = Buffer.alloc(4 + 8 + 16);
  bytes.set([0, 0, 13, 2]);
  [2, 2].forEach((size, axis) => void bytes.writeUInt32BE(size, 4 + 4 * axis));
  [1, -2, 0.5, 4].forEach((value, i) => void bytes.writeFloatBE(value, 12 + 4 * i));
  writeFileSync(path, bytes);
  expect(await readMatrix(path)).toEqual({ values: Float32Array.of(1, -2, 0.5, 4), shape: [2, 2] });
});
