import { expect, test } from 'vitest';
import { packData } from '../../src/render/page/packData.ts';
import { mergeDrawings, mergeSchemes } from '../../src/render/page/schemes.ts';

test('rows are packed by columns: texts once, numbers as far as a picture shows, what is missing as null', () => {
  const rows = Array.from({ length: 8 }, (_, i) => ({
    ...{ strategy: i < 4 ? 'a' : 'b', mean: 1 / 3 + i, seeds: 5 },
    ...(i === 7 && { last: true }),
  }));
  expect(packData(rows)).toEqual({
    numRows: 8,
    columns: {
      strategy: { names: ['a', 'b'], rows: [0, 0, 0, 0, 1, 1, 1, 1] },
      mean: [0.333333, 1.33333, 2.33333, 3.33333, 4.33333, 5.33333, 6.33333, 7.33333],
      seeds: [5, 5, 5, 5, 5, 5, 5, 5],
      last: [null, null, null, null, null, null, null, true],
    },
  });
  expect(packData(rows.map((row) => ({ ...row, nested: {} })))).toBeUndefined();
  expect(packData({ url: 'x' })).toBeUndefined();
});

test('two schemes are one: plain colours by CSS, those of a continuous scale by a signal', () => {
  const of = (ink: string, low: string) => ({
    scales: [{ type: 'linear', range: [low, '#777'] }],
    marks: [{ fill: { value: ink }, stroke: { signal: `datum.a ? '${ink}' : 'red'` } }],
  });
  expect(mergeSchemes(of('#000', '#111'), of('#fff', '#eee'))).toEqual({
    scales: [{ type: 'linear', range: [{ signal: 'dark ? "#eee" : "#111"' }, '#777'] }],
    marks: [
      {
        fill: { value: 'light-dark(#000, #fff)' },
        stroke: { signal: "dark ? (datum.a ? '#fff' : 'red') : (datum.a ? '#000' : 'red')" },
      },
    ],
  });
  expect(() => mergeSchemes({ width: 1 }, { width: 2 })).toThrow(/differ at "width"/);
});

test('two drawings are one, unless they differ in more than colours', () => {
  expect(mergeDrawings('<a fill="rgb(1, 2, 3)" x="1"/>', '<a fill="#fff" x="1"/>')).toBe(
    '<a fill="light-dark(rgb(1, 2, 3), #fff)" x="1"/>',
  );
  expect(mergeDrawings('<a fill="#000" x="1"/>', '<a fill="#fff" x="2"/>')).toBe('<a fill="#000" x="1"/>');
});
