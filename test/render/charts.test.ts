/** One suite over every registered chart: a new one gets its tests by its line in the registry. */
import { compile } from 'vega-lite';
import { describe, expect, test } from 'vitest';
import { chartInput, charts, type NamedChart, type Scheme } from '../../src/render/index.ts';
import { oddSweeps, sampleDatasets, sweepFor, usualSweep } from './chartSamples.ts';

const usual = usualSweep();
const datasets = sampleDatasets();
const entries = Object.entries(charts);

function specOf({ spec }: NamedChart, config?: NamedChart['configs']['light']) {
  return JSON.parse(JSON.stringify(config ? { ...spec, config } : spec)) as Record<string, unknown>;
}

/** What vega-lite says of a spec that it does not like; throws for one it does not understand. */
function warningsOf(chart: NamedChart): string[] {
  const warnings: string[] = [];
  const logger = {
    level: () => logger,
    error: (...said: readonly unknown[]) => note(said),
    warn: (...said: readonly unknown[]) => note(said),
    info: () => logger,
    debug: () => logger,
  };
  const note = (said: readonly unknown[]) => {
    warnings.push(said.join(' '));
    return logger;
  };
  compile(structuredClone(chart.spec), { logger: logger as never });
  return warnings;
}

describe.each(entries)('%s', (name, entry) => {
  const usual = sweepFor(name);
  const built = entry.build(chartInput(usual, { datasets }));

  test('says what it shows and is a spec by itself, of the numbers alone', () => {
    expect(built.length).toBeGreaterThan(0);
    expect(entry.description.length).toBeGreaterThan(60);
    for (const chart of built) {
      const spec = specOf(chart);
      expect(spec.$schema).toBe('https://vega.github.io/schema/vega-lite/v6.json');
      expect(spec.description).toBe(chart.alternativeText);
      expect(chart.alternativeText.length).toBeGreaterThan(60);
      expect(chart.name).toMatch(/^[a-z0-9][a-z0-9.-]*$/);
      expect(spec).toEqual(chart.spec); // nothing that JSON would lose
      expect(warningsOf(chart)).toEqual([]);
      const { title } = spec as { title: { subtitle: string[] } };
      expect(title.subtitle.join(' ')).toMatch(/seed/);
    }
    expect(new Set(built.map(({ name }) => name)).size).toBe(built.length);
  });

  test('is the same for the same trials in another order', () => {
    expect(entry.build(chartInput([...usual].reverse(), { datasets }))).toEqual(built);
  });

  test('has nothing but its configuration differ between light and dark', () => {
    const dark = entry.build(chartInput(usual, { datasets, scheme: 'dark' }));
    built.forEach((chart, i) => {
      const other = dark[i];
      expect(other).toBeDefined();
      if (other === undefined) return;
      expect(other.configs).toEqual(chart.configs);
      expect(specOf(chart, chart.configs.dark)).toEqual(specOf(other));
      expect(specOf(chart)).not.toEqual(specOf(other));
      for (const scheme of ['light', 'dark'] satisfies Scheme[]) {
        const { config: _, ...rest } = specOf(chart, chart.configs[scheme]);
        expect(JSON.stringify(rest)).not.toMatch(/#[0-9a-f]{6}/i);
      }
    });
  });

  test.each(Object.entries(oddSweeps))('with %s it has a picture or none, and no fault', (kind, sweep) => {
    const drawn = entry.build(chartInput(sweep(), { datasets }));
    if (kind.startsWith('no ')) expect(drawn).toEqual([]);
    for (const chart of drawn) {
      expect(warningsOf(chart)).toEqual([]);
      expect(JSON.stringify(chart.spec)).not.toMatch(/:null,"mean|NaN|Infinity|undefined/);
      expect(specOf(chart)).toEqual(chart.spec);
    }
  });

  test.each(['nll', 'ece'] as const)('takes the metric %s, and every kind of spending', (metric) => {
    for (const over of ['labels', 'queries', 'cost', 'seconds'] as const) {
      for (const chart of entry.build(chartInput(usual, { datasets, metric, over }))) {
        expect(warningsOf(chart)).toEqual([]);
      }
    }
  });
});

test('a filter leaves what it names, and colours stay', () => {
  const input = chartInput(usual, { filter: { strategy: ['margin', 'random'], initialPoolSize: [50] } });
  expect(input.groups.map((group) => group.cells.map(({ strategy }) => strategy))).toEqual([
    ['margin', 'random'],
  ]);
  expect(input.styles).toEqual(chartInput(usual).styles);
  expect(() => chartInput(usual, { filter: { strategy: ['margn'] } })).toThrow(/Did you mean "margin"/);
  expect(chartInput(usual, { filter: { initialPoolSize: ['20'] } }).groups).toHaveLength(1);
});
