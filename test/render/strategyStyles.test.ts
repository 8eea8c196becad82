import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type StrategyStyle, strategyStyles } from '../../src/render/index.ts';

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

test('with more than six lines, dashes tell them apart besides colours', () => {
  const styles = strategyStyles([
    'random',
    'margin',
    'entropy',
    'ratio',
    'least-confidence',
    'bald',
    'badge',
  ]);
  expect(new Set([...styles.values()].map((style) => style.dash.join())).size).toBeGreaterThan(3);
});

test('every colour stands out from white at least as much as Okabe and Ito’s own', () => {
  const names = Array.from({ length: 20 }, (_, i) => `strategy-${i}`);
  for (const { color } of strategyStyles(['random', ...names]).values()) {
    const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
      const level = Number.parseInt(color.slice(at, at + 2), 16) / 255;
      return level <= 0.04045 ? level / 12.92 : ((level + 0.055) / 1.055) ** 2.4;
    });
    const contrast = 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05);
    expect(contrast).toBeGreaterThan(2.2);
  }
});
