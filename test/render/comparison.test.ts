/** What `querybench compare` shows: the picture of precision over recall, the words, and the JSON with its schema. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import pixelmatch from 'pixelmatch';
import { compile } from 'vega-lite';
import { describe, expect, test } from 'vitest';
import { comparisonJsonSchema } from '../../src/render/comparison/comparisonSchema.ts';
import {
  precisionRecallChart,
  renderComparisonJson,
  renderComparisonText,
  renderPng,
  renderSvg,
} from '../../src/render/index.ts';
import type { ComparedCurves } from '../../src/verdict/compare/comparedCurves.ts';
import { compareResults } from '../../src/verdict/compare/compareResults.ts';
import type { ModelComparison } from '../../src/verdict/compare/modelComparison.ts';
import { syntheticSweep } from '../analysis/syntheticTrials.ts';
import { contrast } from './contrast.ts';
import { decodePng } from './decodePng.ts';

const recalls = Array.from({ length: 51 }, (_, i) => i / 50);

/** Averages and `names`; the new one is better with every other class, the more so the later the class. */
function curvesOf(names: readonly string[], step = 0.02): ComparedCurves {
  const side = (power: number) => ({
    precision: recalls.map((recall) => 1 - recall ** power),
    averagePrecision: 1 - 1 / (power + 1),
  });
  const titles = ['mean (macro)', 'all together (micro)', ...names];
  return {
    ...{ subject: '400 rows', oldName: 'old.onnx', newName: 'new.onnx', recalls },
    curves: titles.map((title, i) => ({
      ...{ title, isAverage: i < 2, old: side(4) },
      new: side(4 + (i % 2 === 0 ? step : -step) * (i + 1)),
    })),
  };
}

const usual = curvesOf(['cat', 'dog', 'an animal with a rather long name', 'bird', 'fish'], 0.3);
const numbers = (count: number) => Array.from({ length: count }, (_, i) => `class ${i}`);

/** What vega-lite says of a spec that it does not like. */
function warningsOf(curves: ComparedCurves): string[] {
  const said: string[] = [];
  const note = (...words: readonly unknown[]) => {
    said.push(words.join(' '));
    return logger;
  };
  const logger = { level: () => logger, error: note, warn: note, info: () => logger, debug: () => logger };
  compile(structuredClone(precisionRecallChart(curves).spec), { logger: logger as never });
  return said;
}

describe('precision over recall', () => {
  test.each([0, 1, 2, 5, 10, 11, 60])('of %i classes is a spec by itself', (count) => {
    const curves = curvesOf(numbers(count));
    const { spec, alternativeText } = precisionRecallChart(curves);
    expect(warningsOf(curves)).toEqual([]);
    expect(JSON.parse(JSON.stringify(spec))).toEqual(spec);
    expect(alternativeText).toContain('mean (macro) 0.800, then 0.801');
    const text = JSON.stringify(spec);
    expect(text.includes('22 of 60 classes, those that changed most')).toBe(count === 60);
    expect(text.includes('class 59')).toBe(count === 60);
    expect(text.includes('class 0')).toBe(count > 0 && count < 60);
  });

  test('differs between light and dark in its configuration alone', () => {
    const [light, dark] = [precisionRecallChart(usual), precisionRecallChart(usual, { scheme: 'dark' })];
    expect({ ...dark.spec, config: light.spec.config }).toEqual(light.spec);
    expect(dark.spec.config).not.toEqual(light.spec.config);
  });

  test.each(['light', 'dark'] as const)('looks as on file, and can be read: %s', async (scheme) => {
    const svg = await renderSvg(precisionRecallChart(usual, { scheme }).spec);
    const folder = fileURLToPath(new URL('__snapshots__/charts/', import.meta.url));
    await expect(svg.replaceAll('><', '>\n<')).toMatchFileSnapshot(`${folder}precision-recall-${scheme}.svg`);
    const background = /<rect [^>]*fill="(#\w{6})"/.exec(svg)?.[1] ?? '';
    const texts = [...svg.matchAll(/<text [^>]*fill="(#\w{6})"[^>]*>([^<]*)/g)];
    expect(texts.length).toBeGreaterThan(20);
    for (const [, fill = ''] of texts) expect(contrast(fill, background)).toBeGreaterThan(4.5);
    expect(svg).toContain('an animal with a rath…');
    if (scheme === 'dark') return;
    const png = await renderPng(svg, 1);
    const path = `${folder}precision-recall-${scheme}.png`;
    if (!existsSync(path)) {
      expect(process.env.CI, `${path} is missing`).toBeUndefined();
      writeFileSync(path, png);
    }
    const [drawn, onFile] = [decodePng(png), decodePng(readFileSync(path))];
    const { width, height } = onFile;
    expect([drawn.width, drawn.height]).toEqual([width, height]);
    const different = pixelmatch(drawn.data, onFile.data, undefined, width, height, { threshold: 0.1 });
    expect(different).toBeLessThan(0.002 * width * height);
  });
});

const models: ModelComparison = {
  ...{ kind: 'models', subject: '400 rows', gain: 0.02, interval: { lower: 0.004, upper: 0.036 } },
  metric: { name: 'accuracy', title: 'accuracy', better: 'higher' },
  ...{ old: { name: 'old.onnx', value: 0.9 }, new: { name: 'new.onnx', value: 0.92 } },
  pairing: { unit: 'rows', count: 400, method: 'bootstrap', level: 0.95 },
  classes: [
    { name: 'cat', count: 300, old: 0.95, new: 0.94 },
    { name: 'dog', count: 100, old: 0.75, new: 0.86 },
    { name: 'ant', count: 0 },
  ],
  ...{ action: 'update_model', minDelta: 0.01, isConfident: false, isCertain: false, warnings: ['Mind.'] },
};

describe('in words', () => {
  test('values, interval, classes, action', () => {
    expect(renderComparisonText(models)).toBe(
      `accuracy, 400 rows (higher is better)

  old   old.onnx   0.9000
  new   new.onnx   0.9200
  gain            +0.0200  [+0.0040, +0.0360]  95 %, paired bootstrap over 400 rows

  class     old     new   change
  cat    0.9500  0.9400  −0.0100
  dog    0.7500  0.8600  +0.1100

update_model: the new one wins by at least 0.01, but the interval reaches from +0.0040 to +0.0360: this is not certain. --confident would ask for more.
`,
    );
  });

  test.each<[string, Partial<ModelComparison>, RegExp]>([
    [
      'a sure win',
      { isCertain: true },
      /update_model: the new one wins by at least 0\.01, and the interval says so/,
    ],
    [
      'no interval',
      { interval: undefined } as never,
      /wins by at least 0\.01; 400 rows make no interval, so this is not certain/,
    ],
    [
      'not confident',
      { action: 'discard', isConfident: true },
      /discard: the new one wins by at least 0\.01, but not surely/,
    ],
    [
      'too little',
      { action: 'discard', minDelta: 0.03 },
      /discard: the new one is better, but not by 0\.03; the interval/,
    ],
    [
      'a loss',
      { action: 'discard', gain: -0.02, isCertain: true },
      /discard: the new one is worse, and the interval says so/,
    ],
    [
      'a tie',
      { action: 'discard', gain: 0, minDelta: 0 },
      /discard: the new one is not better; the interval/,
    ],
  ])('%s', (_, change, words) => {
    expect(renderComparisonText({ ...models, ...change })).toMatch(words);
  });

  test('many classes: those that changed most', () => {
    const classes = numbers(30).map((name, i) => ({ name, count: 1, old: 0, new: i / 100 }));
    const text = renderComparisonText({ ...models, classes });
    expect(text).toContain('class (10 of 30 that changed most)');
    expect(text).toContain('class 29');
    expect(text).not.toContain('class 19 ');
  });
});

describe('as JSON', () => {
  const onFile = JSON.parse(readFileSync('experiments/compare.schema.json', 'utf8'));
  const validate = new Ajv({ allowUnionTypes: true }).compile(onFile);

  test('the schema on file is the one that `npm run schema` would write now', () => {
    expect(onFile).toEqual(comparisonJsonSchema());
  });

  test('every comparison keeps to it, with all that was found', () => {
    const sweep = (model: string) => ({
      name: model,
      trials: syntheticSweep({ strategies: ['random'], seeds: [1, 2] }, { model }),
    });
    for (const comparison of [models, compareResults(sweep('mlp'), sweep('lenet'))]) {
      const document = JSON.parse(renderComparisonJson(comparison));
      expect(validate(document), JSON.stringify(validate.errors)).toBe(true);
      expect(document).toEqual({ format: 'querybench-comparison', version: 1, ...comparison });
      expect(validate({ ...document, more: 1 })).toBe(false);
    }
  });
});
