/** Our curves beside another program's, as tables and as charts. */
import { parse } from 'csv-parse/sync';
import { compile } from 'vega-lite';
import { describe, expect, test } from 'vitest';
import { besideRival } from '../../src/analysis/index.ts';
import { besideCharts } from '../../src/render/charts/besideChart.ts';
import { renderSvg } from '../../src/render/index.ts';
import { renderBesideCsv, renderBesideMarkdown } from '../../src/render/renderBeside.ts';
import { syntheticSweep } from '../analysis/syntheticTrials.ts';

const trials = ['mlp', 'logistic'].flatMap((model) =>
  syntheticSweep({ strategies: ['random', 'mar|gin'], seeds: [1, 2, 3] }, { model }),
);
const runs = trials.map(({ header, rounds }, i) => ({
  trial: header.trial.id,
  rounds: rounds.map(({ numLabels, metrics: { accuracy, nll } }) => ({
    numLabels,
    accuracy: accuracy - i / 500,
    nll,
  })),
}));
const compared = besideRival(trials, runs);
const losses = besideRival(trials, runs, 'nll');
const options = { rival: 'another', metric: 'accuracy' } as const;

test('Markdown has a row per model and per strategy', () => {
  const text = renderBesideMarkdown({ accuracy: compared, nll: losses }, 'another');
  expect(text).toMatch(/^#### test accuracy: querybench beside another\n/);
  expect(text.match(/^#### /gm)).toHaveLength(2);
  expect(text.match(/^\| (mlp|logistic) /gm)).toHaveLength(2 * (2 + 4));
  expect(text).toMatch(/\| logistic +\| +2 \| +3 \| \+0\.0\d{3} \[\+0\.0\d{3}, \+0\.0\d{3}\] \| no /);
  expect(text).toContain('mar\\|gin');
  const ofOneSeed = trials.filter(({ header }) => header.trial.identity.seed === 1);
  const oneSeed = besideRival(ofOneSeed, runs);
  expect(renderBesideMarkdown({ accuracy: oneSeed, nll: oneSeed }, 'another')).toMatch(
    /\| logistic +\| +2 \| +1 \| +\+0\.0\d{3} \| – +\| +– \|/,
  );
});

test('CSV has every place at full precision', () => {
  const rows: Record<string, string>[] = parse(renderBesideCsv({ accuracy: compared, nll: losses }), {
    columns: true,
  });
  expect(rows.map(({ metric }) => metric)).toEqual([...Array(20).fill('accuracy'), ...Array(20).fill('nll')]);
  const places = [...compared, ...losses].flatMap((cell) => cell.places);
  expect(rows.map(({ difference }) => Number(difference))).toEqual(
    places.map(({ difference }) => difference.mean),
  );
});

describe.each(['light', 'dark'] as const)('the charts, %s,', (scheme) => {
  const drawn = besideCharts(compared, { ...options, scheme });

  test('are one per model, with a panel per strategy and both programs', async () => {
    expect(drawn.map(({ name }) => name)).toEqual([
      'digits-logistic-initial-pool-20-batch-10',
      'digits-mlp-initial-pool-20-batch-10',
    ]);
    for (const { spec, alternativeText } of drawn) {
      const warnings: unknown[] = [];
      const note = (...said: readonly unknown[]) => {
        warnings.push(said);
        return logger;
      };
      const logger = {
        level: () => logger,
        info: () => logger,
        debug: () => logger,
        error: note,
        warn: note,
      };
      compile(structuredClone(spec), { logger: logger as never });
      expect(warnings).toEqual([]);
      const svg = await renderSvg(spec);
      for (const word of ['querybench', 'another', 'random', 'mar|gin', '3 seeds'])
        expect(svg).toContain(word);
      expect(alternativeText).toMatch(/of querybench and of another on the same rows.*random \+0\.\d{4}/);
    }
  });
});
