/** Which samples were picked, as pictures: of made-up data whose every pixel is known. */
import { describe, expect, it, test } from 'vitest';
import { type Dataset, datasetKey, loadDataset } from '../../src/datasets/index.ts';
import { chartDatasets } from '../../src/render/charts/chartDatasets.ts';
import { imageShape, samplePictures } from '../../src/render/charts/samplePicture.ts';
import { chartInput, charts, renderPng, renderSvg } from '../../src/render/index.ts';
import { syntheticTrial } from '../analysis/syntheticTrials.ts';
import { decodePng } from './decodePng.ts';

const digits = await loadDataset('digits');

function withShape(sampleShape: readonly number[], features: Dataset['features']): Dataset {
  return { ...digits, info: { ...digits.info, sampleShape }, features };
}
const decode = (url = '') => decodePng(Buffer.from(url.slice('data:image/png;base64,'.length), 'base64'));

describe('samplePictures', () => {
  it('keeps every pixel of a grey picture, from black to white', () => {
    const { data, width, height } = decode(
      samplePictures(withShape([2, 2], Uint8Array.of(0, 8, 16, 4)), [0]).get(0)?.url,
    );
    expect([width, height]).toEqual([2, 2]);
    expect([...data].filter((_, i) => i % 4 === 0)).toEqual([0, 128, 255, 64]);
  });

  it('puts channels together, of values on any scale', () => {
    const features = Float32Array.of(...[1, -1, -1, -1], ...[-1, 1, -1, -1], ...[-1, -1, 1, 1]);
    const { data } = decode(samplePictures(withShape([3, 2, 2], features), [0]).get(0)?.url);
    const pixels = [0, 4, 8].map((at) => [...data.slice(at, at + 3)]);
    expect(pixels).toEqual([
      [255, 0, 0],
      [0, 255, 0],
      [0, 0, 255],
    ]);
  });

  it('shrinks what is too large by means of squares', () => {
    const side = 192;
    const features = Uint8Array.from({ length: side * side }, (_, i) =>
      ((i % side) + Math.floor(i / side)) % 2 ? 255 : 0,
    );
    const picture = samplePictures(withShape([side, side], features), [0]).get(0);
    expect([picture?.width, picture?.height]).toEqual([96, 96]);
    expect(decode(picture?.url).data[0]).toBe(128);
  });

  it('knows what is a picture', () => {
    expect(imageShape([28, 28])).toEqual({ height: 28, width: 28, numChannels: 1 });
    expect(imageShape([3, 32, 30])).toEqual({ height: 32, width: 30, numChannels: 3 });
    for (const shape of [[64], [4, 8, 8], [1, 64], [2, 3, 4, 5]]) expect(imageShape(shape)).toBeUndefined();
    expect(() => samplePictures(withShape([64], digits.features), [0])).toThrow(RangeError);
  });
});

describe('first-picks', () => {
  const queries = (start: number) =>
    [0, 1, 2].map((round) => Array.from({ length: 10 }, (_, i) => start + 10 * round + i));
  const trials = [
    ...[1, 2].map((seed) =>
      syntheticTrial({ strategy: 'margin', seed, queries: queries(100 * seed), numRounds: 3 }),
    ),
    ...[1, 2].map((seed) =>
      syntheticTrial({ strategy: 'random', seed, queries: queries(300 * seed), numRounds: 3 }),
    ),
    syntheticTrial({ strategy: 'late', seed: 2, queries: queries(0), numRounds: 3 }),
  ];
  const key = datasetKey((trials[0] as (typeof trials)[0]).header.trial.identity.dataset);
  const datasets = new Map([[key, digits]]);
  const [chart] = charts['first-picks'].build(chartInput(trials, { datasets }));
  const layers = (chart?.spec as { layer?: { data: { values: Record<string, unknown>[] } }[] } | undefined)
    ?.layer;
  const pictures = layers?.[3]?.data.values ?? [];

  it('shows the rows asked for in the first two queries, in order, with their classes', () => {
    expect(new Set(pictures.map(({ strategy }) => strategy))).toEqual(new Set(['margin', 'random', 'late']));
    const margin = pictures.filter(({ strategy }) => strategy === 'margin');
    expect(margin.map(({ row }) => row)).toEqual(queries(200).slice(0, 2).flat());
    expect(margin.map(({ round }) => round)).toEqual([...Array(10).fill(1), ...Array(10).fill(2)]);
    for (const { row, class: name } of margin) {
      // The synthetic oracle answers row mod 10; where that is wrong, both are shown.
      const truth = digits.info.classNames[digits.labels[Number(row)] ?? -1];
      const answer = digits.info.classNames[Number(row) % 10];
      expect(name).toBe(truth === answer ? truth : `${truth} → ${answer}`);
    }
    expect(JSON.stringify(chart?.spec)).toContain('with seed 2, by round');
    expect(JSON.stringify(chart?.spec)).toContain('what the oracle said');
  });

  it('is drawn with every picture', async () => {
    if (chart === undefined) throw new Error('No chart.');
    const svg = await renderSvg(chart.spec);
    expect(svg.match(/<image /g)).toHaveLength(60);
    const picture = pictures[0] as { x: number; y: number; url: string };
    const drawn = decodePng(await renderPng(svg, 1));
    const blank = decodePng(await renderPng(svg.replaceAll(/<image [^>]*>/g, ''), 1));
    let different = 0;
    for (let i = 0; i < drawn.data.length; i += 4) if (drawn.data[i] !== blank.data[i]) different++;
    expect(different).toBeGreaterThan(60 * 40 * 40 * 0.7);
    expect(picture.url).toMatch(/^data:image\/png;base64,/);
  });

  it('shows nothing without the data, or where samples are no pictures', () => {
    expect(charts['first-picks'].build(chartInput(trials))).toEqual([]);
    const vectors = new Map([[key, withShape([64], digits.features)]]);
    expect(charts['first-picks'].build(chartInput(trials, { datasets: vectors }))).toEqual([]);
  });
});

test('pictures that would weigh too much are fewer, the same number for every strategy', () => {
  const side = 32;
  const features = Uint8Array.from({ length: 100 * side ** 2 }, (_, i) => (i * i * 7919) % 251);
  const noise = { ...withShape([side, side], features), labels: digits.labels.slice(0, 100) };
  const trials = ['margin', 'random', 'entropy'].map((strategy, i) => {
    const queries = [0, 1, 2].map((round) => Array.from({ length: 10 }, (_, j) => 30 * i + 10 * round + j));
    return syntheticTrial({ strategy, queries, numRounds: 3 });
  });
  const [first] = trials;
  if (first === undefined) throw new Error('A trial is expected.');
  const datasets = new Map([[datasetKey(first.header.trial.identity.dataset), noise]]);
  const [chart] = charts['first-picks'].build(chartInput(trials, { datasets }));
  if (chart === undefined) throw new Error('A chart is expected.');
  const { layer, title } = chart.spec as unknown as {
    readonly layer: readonly { readonly data: { readonly values: readonly Record<string, string>[] } }[];
    readonly title: { readonly subtitle: readonly string[] };
  };
  const shown = layer[3]?.data.values ?? [];
  const perStrategy = trials.map(
    ({ header }) => shown.filter(({ strategy }) => strategy === header.trial.labels.strategy).length,
  );
  const [numPicks = 0] = perStrategy;
  expect(perStrategy).toEqual([numPicks, numPicks, numPicks]);
  expect(numPicks).toBeGreaterThanOrEqual(4);
  expect(numPicks).toBeLessThan(20);
  expect(shown.reduce((sum, { url = '' }) => sum + url.length, 0)).toBeLessThanOrEqual(64_000);
  expect(title.subtitle.join(' ')).toContain(`The first ${numPicks} samples`);
});

test('pixels of pictures that are not tiny are drawn as squares', async () => {
  const features = Uint8Array.from({ length: 32 * 32 }, (_, i) =>
    ((i % 32) + Math.floor(i / 32)) % 2 ? 255 : 0,
  );
  const trial = syntheticTrial({ queries: [[0], []], numRounds: 2, queryBatchSize: 1 });
  const datasets = new Map([
    [datasetKey(trial.header.trial.identity.dataset), withShape([32, 32], features)],
  ]);
  const [chart] = charts['first-picks'].build(chartInput([trial], { datasets }));
  if (chart === undefined) throw new Error('No chart.');
  const svg = await renderSvg(chart.spec);
  const onlyPicture = svg.replaceAll(/<text[^>]*>[^<]*<\/text>/g, '');
  const { data } = decodePng(await renderPng(onlyPicture, 2));
  const greys = new Set(Array.from({ length: data.length / 4 }, (_, i) => data[4 * i]));
  expect(greys).toEqual(new Set([0, 255]));
});

test('data that are not what they were, or not there, are said rather than shown', async () => {
  const { datasets, problems } = await chartDatasets([syntheticTrial()]);
  expect(datasets.size).toBe(0);
  expect(problems).toEqual(['digits is no longer what it was when the trials ran.']);
});
