import fc from 'fast-check';
import { expect, test } from 'vitest';
import { schemeColors } from '../../src/render/chartTheme.ts';
import { type StrategyStyle, strategyStyles } from '../../src/render/index.ts';
import { strategies } from '../../src/strategies/index.ts';
import { contrast } from './contrast.ts';

const look = (style: StrategyStyle | undefined) => `${style?.color} ${style?.dash.join()}`;

test('shipped strategies look the same whatever else is in the report', () => {
  const alone = strategyStyles(['margin', 'random']);
  const among = strategyStyles(['random', 'my-own', 'entropy', 'margin', 'another']);
  for (const name of ['margin', 'random']) expect(among.get(name)).toEqual(alone.get(name));
});

test('the order of the names does not matter', () => {
  const names = ['random', 'badge', 'bald', 'core-set', 'entropy'];
  expect(strategyStyles([...names].reverse())).toEqual(strategyStyles(names));
});

test('no two strategies look alike, and up to six have colours of their own on solid lines', () => {
  const names = fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 28 });
  fc.assert(
    fc.property(names, (some) => {
      const styles = strategyStyles(some);
      expect(new Set(some.map((name) => look(styles.get(name)))).size).toBe(some.length);
      if (some.length > 6) return;
      expect(new Set(some.map((name) => styles.get(name)?.color)).size).toBe(some.length);
      for (const name of some) if (name !== 'random') expect(styles.get(name)?.dash).toEqual([]);
    }),
  );
});

test('those that ship have a style of their own each, and the usual ones of every family solid lines', () => {
  const ranked = Object.keys(strategies).filter((name) => name !== 'random' && !strategies[name]?.isBound);
  const among = strategyStyles([...ranked, 'random', 'my-own']);
  expect(new Set([...among.values()].map(look)).size).toBe(ranked.length + 2);
  for (const name of ranked) expect(strategyStyles([name, 'mine']).get(name), name).toEqual(among.get(name));
  for (const name of ['margin', 'entropy', 'bald', 'badge', 'k-center']) {
    expect(among.get(name)?.dash).toEqual([]);
  }
});

test('every colour stands out from its background at least as much as Okabe and Ito’s own', () => {
  const names = Array.from({ length: 20 }, (_, i) => `strategy-${i}`);
  for (const { color, darkColor } of strategyStyles(['random', ...names]).values()) {
    expect(contrast(color, schemeColors.light.background)).toBeGreaterThan(2.2);
    expect(contrast(darkColor, schemeColors.dark.background)).toBeGreaterThan(4.5);
  }
});
