/** What the Vega editor asks of a spec before it draws it: that it is one by vega-lite's own schema. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import { chartInput, charts } from '../../src/render/index.ts';
import { sampleDatasets, sweepFor } from './chartSamples.ts';

const file = createRequire(import.meta.url).resolve('vega-lite/vega-lite-schema.json');
// Its formats are of colours and addresses, which no validator knows; its unions allow several types.
const isSpec = new Ajv({ strict: false, validateFormats: false }).compile(
  JSON.parse(readFileSync(file, 'utf8')),
);
const datasets = sampleDatasets();

test.each(Object.entries(charts))('%s is valid by the schema of vega-lite', (name, entry) => {
  for (const scheme of ['light', 'dark'] as const) {
    const built = entry.build(chartInput(sweepFor(name), { datasets, scheme }));
    expect(built.length).toBeGreaterThan(0);
    for (const { spec } of built) {
      expect(isSpec(JSON.parse(JSON.stringify(spec))), problems()).toBe(true);
    }
  }
});

test('the schema refuses what is no spec', () => {
  expect(isSpec({ data: { values: [] }, mark: 'no mark', encoding: {} })).toBe(false);
});

function problems(): string {
  const [first] = isSpec.errors ?? [];
  return `${first?.instancePath} ${first?.message}`;
}
