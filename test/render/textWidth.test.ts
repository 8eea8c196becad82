import { expect, test } from 'vitest';
import { renderPng } from '../../src/render/index.ts';
import { textWidth } from '../../src/render/textWidth.ts';
import { countDifferent, decodePng } from './decodePng.ts';

const fontSize = 40;
const picture = (text: string, weight: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="900" height="60"><text x="0" y="45" font-size="${fontSize}" ` +
  `font-family="DejaVu Sans" font-weight="${weight}">${text}</text></svg>`;

/** The right-most pixel that a text covers. */
async function drawnWidth(text: string, weight: string): Promise<number> {
  const [drawn, empty] = [text, ''].map(async (words) =>
    decodePng(await renderPng(picture(words, weight), 1)),
  );
  const [a, b] = [await drawn, await empty];
  if (a === undefined || b === undefined) return Number.NaN;
  let [low, high] = [0, 900];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (countDifferent(a, b, [middle / 900, 0, 1, 1]) > 0) low = middle;
    else high = middle;
  }
  return high;
}

test.each(['normal', 'bold'] as const)('a %s text is as wide as it is reckoned to be', async (weight) => {
  for (const text of ['least-confidence', 'MC-dropout 0.95 |Wij', 'test accuracy, mean over 5 seeds']) {
    const reckoned = textWidth(text, fontSize, weight);
    expect(Math.abs((await drawnWidth(text, weight)) - reckoned), text).toBeLessThan(0.02 * reckoned + 5);
  }
});

test('letters that the table lacks take room too', () => {
  expect(textWidth('Δ→', 10)).toBeGreaterThan(13);
  expect(textWidth('', 10)).toBe(0);
});
