import { describe, expect, test } from 'vitest';
import { schemeColors } from '../../src/render/chartTheme.ts';
import { chartInput, charts, strategyStyles } from '../../src/render/index.ts';
import { strategies } from '../../src/strategies/index.ts';
import { sampleDatasets, usualSweep } from './chartSamples.ts';
import { difference, visions } from './colorVision.ts';

/** Oklab's just noticeable difference is about 0.02; strategies of one dash are also told apart by the legend's order. */
const LEAST_OF_LINES = 0.04;
/** Verdicts have shapes besides. */
const LEAST_OF_VERDICTS = 0.09;
/** A heat map's cells have their numbers written in. */
const LEAST_OF_RAMPS = 0.12;

const pairsOf = <T>(items: readonly T[]): (readonly [T, T])[] =>
  items.flatMap((first, i) => items.slice(i + 1).map((second) => [first, second] as const));

test('simulated colours are those of the paper’s matrices, and the usual vision changes nothing', () => {
  const [red, green] = ['#ff0000', '#00ff00'];
  expect(difference('#000000', '#ffffff', visions.usual)).toBeCloseTo(1, 3);
  for (const name of ['protanopia', 'deuteranopia', 'tritanopia'] as const) {
    // Rows sum to 1: greys are seen as they are.
    for (const row of visions[name]) expect(row.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 5);
  }
  expect(difference('#b50000', '#4d6a00', visions.protanopia)).toBeLessThan(
    difference('#b50000', '#4d6a00', visions.usual) / 2,
  );
  expect(difference(red, green, visions.tritanopia)).toBeGreaterThan(0.4);
});

describe.each(Object.entries(visions))('with vision: %s', (_, vision) => {
  test('strategies that ship and have the same dash have colours that are told apart', () => {
    const ranked = Object.keys(strategies).filter((name) => !strategies[name]?.isBound);
    const styles = [...strategyStyles(ranked)].map(([name, style]) => ({ name, ...style }));
    for (const [a, b] of pairsOf(styles)) {
      if (a.dash.join() !== b.dash.join()) continue;
      const pair = `${a.name} and ${b.name}`;
      expect(difference(a.color, b.color, vision), pair).toBeGreaterThan(LEAST_OF_LINES);
      expect(difference(a.darkColor, b.darkColor, vision), pair).toBeGreaterThan(LEAST_OF_LINES);
    }
  });

  test('verdicts are told apart', () => {
    const [chart] = charts['aubc-differences'].build(
      chartInput(usualSweep(), { datasets: sampleDatasets() }),
    );
    for (const { range } of Object.values(chart?.configs ?? {})) {
      const colors = (range as { readonly category: readonly string[] }).category;
      expect(colors).toHaveLength(3);
      for (const [a, b] of pairsOf(colors)) {
        expect(difference(a, b, vision), `${a} ${b}`).toBeGreaterThan(LEAST_OF_VERDICTS);
      }
    }
  });

  test('every two colours that a heat map’s scale goes through are told apart', () => {
    for (const { ramp, diverging } of Object.values(schemeColors)) {
      for (const [a, b] of [...pairsOf(ramp), ...pairsOf(diverging)]) {
        expect(difference(a, b, vision), `${a} ${b}`).toBeGreaterThan(LEAST_OF_RAMPS);
      }
    }
  });
});
