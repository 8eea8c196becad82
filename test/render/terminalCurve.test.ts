import { expect, test } from 'vitest';
import { type CellCurve, cells, groups } from '../../src/analysis/index.ts';
import { groupCurves, renderTerminalCurve, strategyStyles } from '../../src/render/index.ts';
import type { StoredTrial } from '../../src/store/record.ts';
import { syntheticSweep, syntheticTrial } from '../analysis/syntheticTrials.ts';

const escapeCode = '\u001b';
const strategies = ['random', 'least-confidence', 'margin', 'ratio', 'entropy'];
const styles = strategyStyles(strategies);

function curvesOf(trials: readonly StoredTrial[]): CellCurve[] {
  return groups(cells(trials)).flatMap((group) => groupCurves(group));
}

function withoutColors(text: string): string {
  return text.replaceAll(new RegExp(`${escapeCode}\\[[0-9;]*m`, 'g'), '');
}

const curves = curvesOf(syntheticSweep({ strategies, seeds: [1, 2] }, { numRounds: 20 }));

test('the picture fits into 80 columns and has title, axis and legend', () => {
  for (const colors of [true, false]) {
    const text = withoutColors(renderTerminalCurve({ title: 'digits', curves, styles, colors }));
    const lines = text.split('\n');
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(80);
    expect(lines[0]).toBe('digits');
    expect(text).toContain('labels (initial pool included)');
    expect(text).toMatch(/^ +20 +50 +100 +150 +200$/m);
    for (const strategy of strategies) expect(text).toContain(strategy);
  }
});

test('a narrow terminal gets a narrow picture, the legend on several lines', () => {
  const lines = renderTerminalCurve({ curves, styles, colors: false, width: 40 }).split('\n');
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(40);
  expect(lines.join()).toContain('random');
});

test('each line has its own colour, or without colours its own letter', () => {
  const colored = renderTerminalCurve({ curves, styles, colors: true });
  for (const { terminalColor } of styles.values())
    expect(colored).toContain(`${escapeCode}[38;5;${terminalColor}m─`);
  const plain = renderTerminalCurve({ curves, styles, colors: false });
  expect(plain).not.toContain(escapeCode);
  expect(plain).not.toMatch(/[\ue000-\uf8ff]/);
  for (const letter of 'abcde') expect(plain).toMatch(new RegExp(`[─╭╯]${letter}[─╭╯]`));
});

test('a rising line starts at the bottom left and ends at the top right', () => {
  const rising = curvesOf([syntheticTrial({ accuracies: [0.5, 0.6, 0.7, 0.8] })]);
  const lines = renderTerminalCurve({ curves: rising, styles, colors: false }).split('\n');
  expect(lines[0]).toMatch(/^ 0\.800 ┤ +.*[╭─a]$/);
  expect(lines[13]).toMatch(/^ 0\.500 ┼/);
  expect(lines[0]?.length).toBeGreaterThan(75);
});

test('a flat curve, a single point and no curve at all can be drawn', () => {
  const flat = curvesOf([syntheticTrial({ accuracies: [0.9, 0.9, 0.9] })]);
  expect(renderTerminalCurve({ curves: flat, styles, colors: false })).toMatch(/0\.90\d ┼──/);
  const single = curvesOf([syntheticTrial({ accuracies: [0.9] })]);
  expect(renderTerminalCurve({ curves: single, styles, colors: false })).toContain('random');
  expect(renderTerminalCurve({ curves: [], styles, colors: false })).toBe('');
});
