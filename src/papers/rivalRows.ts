/** A rival's runs as rows of the table and as points over our curves. */
import type { BesideCell, BesideNumbers, Estimate } from '../analysis/index.ts';
import { counted } from '../foundation/counted.ts';
import type { PublishedPoint } from '../render/index.ts';
import type { ComparedRow } from './comparedRow.ts';
import { placeText } from './compareRow.ts';
import type { RivalComparison } from './rivals.ts';
import { share, signedShare } from './rowText.ts';

/** With more label counts than this, the area under the curve and its end stand for them. */
const MOST_COUNTS = 8;

/** Mean accuracies of both sides at each label count. `within`: each mean lies within one standard deviation of the other's. */
export function rivalRows(comparisons: readonly RivalComparison[]): readonly ComparedRow[] {
  return comparisons.flatMap(({ program, compared }) =>
    compared.accuracy.flatMap((cell) => {
      const { places } = cell;
      const kept = places.length > MOST_COUNTS ? places.slice(-1) : places;
      const rows = kept.map((place) =>
        rivalRow(program, cell, {
          what: `accuracy at ${place.numLabels.toLocaleString('en')} labels`,
          numbers: place,
        }),
      );
      const area = rivalRow(program, cell, { what: 'area under the learning curve', numbers: cell });
      return places.length < 2 ? rows : [...rows, area];
    }),
  );
}

function rivalRow(
  program: string,
  { strategy, model }: BesideCell,
  { what, numbers }: { readonly what: string; readonly numbers: BesideNumbers },
): ComparedRow {
  const { ours, rival, difference, isWithinSpread } = numbers;
  const { mean, interval, numValues } = difference;
  const range = interval && ` [${signedShare(interval.lower)}, ${signedShare(interval.upper)}]`;
  return {
    what: `${[strategy, placeText({ model })].join(', ')}: ${what}`,
    ...{
      published: spreadText(rival),
      ours: spreadText(ours),
      difference: `${signedShare(mean)}${range ?? ''}`,
    },
    verdict: isWithinSpread === undefined ? 'not comparable' : isWithinSpread ? 'within' : 'outside',
    band: "each mean within one standard deviation of the other's",
    sources: [`${program}, run on the same rows (${counted(numValues, 'seed')})`],
    remarks: isWithinSpread === undefined ? ['one seed has no spread'] : [],
    values: { published: rival.mean, ours: ours.mean },
  };
}

function spreadText({ mean, standardDeviation }: Estimate): string {
  return standardDeviation === undefined ? share(mean) : `${share(mean)} ± ${share(standardDeviation)}`;
}

/** Their means over the seeds that both have. */
export function rivalPoints(comparisons: readonly RivalComparison[]): readonly PublishedPoint[] {
  return comparisons.flatMap(({ program, compared }) =>
    compared.accuracy.flatMap(({ strategy, dataset, model, oracle, places, ...cell }) => {
      const { initialPoolSize, queryBatchSize } = cell;
      const where = { dataset, model, oracle, initialPoolSize, queryBatchSize };
      return places.map(({ numLabels, rival: { mean, standardDeviation = 0, numValues } }) => ({
        ...{ strategy, where, numLabels, accuracy: mean, source: program },
        ...{ low: mean - standardDeviation, high: mean + standardDeviation },
        note: `${program}, ${numValues} seeds`,
      }));
    }),
  );
}
