import { expect, test } from 'vitest';
import { packData } from '../../src/render/page/packData.ts';
import { asSignal, mergeDrawings, mergeSchemes } from '../../src/render/page/schemes.ts';
import { shortDrawing } from '../../src/render/page/shortDrawing.ts';

test('rows are packed by columns: what repeats once, numbers as far as a picture shows, what is missing as null', () => {
  const rows = Array.from({ length: 8 }, (_, i) => ({
    ...{ strategy: i < 4 ? 'a' : 'b', mean: 1 / 3 + i, seeds: 5, num_labels: 10 * (i % 4) },
    ...(i === 7 && { last: true }),
  }));
  expect(packData(rows)).toEqual({
    numRows: 8,
    columns: {
      strategy: {
        runs: [
          ['a', 4],
          ['b', 4],
        ],
      },
      mean: [0.333333, 1.33333, 2.33333, 3.33333, 4.33333, 5.33333, 6.33333, 7.33333],
      seeds: { runs: [[5, 8]] },
      num_labels: { period: [0, 10, 20, 30] },
      last: {
        runs: [
          [null, 7],
          [true, 1],
        ],
      },
    },
  });
  expect(packData(rows.map((row) => ({ ...row, nested: {} })))).toBeUndefined();
  expect(packData({ url: 'x' })).toBeUndefined();
});

test('two schemes are one: colours by CSS, and for a continuous scale by a signal', () => {
  const of = (ink: string, low: string) => ({
    axis: { color: ink },
    range: { ramp: [low, '#777'] },
    size: 3,
  });
  expect(mergeSchemes(of('#000', '#111'), of('#fff', '#eee'))).toEqual({
    axis: { color: 'light-dark(#000, #fff)' },
    range: { ramp: ['light-dark(#111, #eee)', '#777'] },
    size: 3,
  });
  expect(asSignal('light-dark(#111, #eee)')).toEqual({ signal: 'dark ? "#eee" : "#111"' });
  expect(asSignal('#777')).toBe('#777');
  expect(() => mergeSchemes({ width: 1 }, { width: 2 })).toThrow(/differ at "width"/);
});

test('two drawings are one, unless they differ in more than colours', () => {
  expect(mergeDrawings('<a fill="rgb(1, 2, 3)" x="1"/>', '<a fill="#fff" x="1"/>')).toBe(
    '<a fill="light-dark(rgb(1, 2, 3), #fff)" x="1"/>',
  );
  expect(mergeDrawings('<a fill="#000" x="1"/>', '<a fill="#fff" x="2"/>')).toBe('<a fill="#000" x="1"/>');
});

test('a drawing is shortened without moving by more than a tenth of a pixel', () => {
  const svg =
    '<?xml?><svg xmlns="x" class="marks" viewBox="0 0 9 9"><clipPath id="clip1"/><g clip-path="url(#clip1)">' +
    '<path aria-label="a" d="M0,10.04L10.26,9.5L10.5,9.55Z" role="b"/><path d="M1.55,2A3.14,3,0,1,1,2,2"/>' +
    '<text font-family="DejaVu Sans" fill="light-dark(rgb(255, 0, 16), #fff)" transform="translate(1.234,5)">t</text></g></svg>';
  expect(shortDrawing(svg, 'c')).toBe(
    '<svg xmlns="x" viewBox="0 0 9 9"><clipPath id="c-clip1"/><g clip-path="url(#c-clip1)">' +
      '<path d="M0,10l10.3-.5l.2,.1Z"/><path d="M1.6,2A3.1,3,0,1,1,2,2"/>' +
      '<text fill="light-dark(#ff0010,#fff)" transform="translate(1.2,5)">t</text></g></svg>',
  );
});
