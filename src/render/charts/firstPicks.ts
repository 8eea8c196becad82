/** Which samples each strategy asked for first, as pictures: a row per strategy, one seed, a chart per group. */
import type { Cell, Group } from '../../analysis/index.ts';
import { type Dataset, datasetKey } from '../../datasets/index.ts';
import type { StoredTrial } from '../../store/record.ts';
import type { ChartEntry, ChartInput, NamedChart } from './chart.ts';
import { SUBTITLE_WIDTH, subtitleLines } from './chartText.ts';
import { groupCurves } from './groupCurves.ts';
import { namedChart } from './namedChart.ts';
import { perGroup } from './perGroup.ts';
import { type PickedSample, pictureGrid } from './pictureGrid.ts';
import { imageShape, type SamplePicture, samplePictures } from './samplePicture.ts';

/** So many fit beside each other; whole rounds as far as they do. */
const MOST_PICKS = 20;
/** A page holds every picture twice, in its drawing and in what its script draws from: then there are fewer picks of each. */
const MOST_CHARACTERS = 64_000;
const FEWEST_PICKS = 4;
/** Classes of each strategy that a screen reader says. */
const NUM_READ_OUT = 5;

export const firstPicks: ChartEntry = {
  title: 'First picks',
  description:
    'The samples that each strategy asked for first, in its order of preference, with their classes, for one seed. Before the first query all ' +
    'strategies had the same labels and the same model. Where the oracle erred, its answer stands behind the class.',
  needs: 'It needs a data set of images that is on this machine.',
  showsSamples: true,
  build: (input) => perGroup(input, (group, names) => picksOfGroup(group, names, input)),
};

function picksOfGroup(
  group: Group,
  names: Pick<NamedChart, 'name' | 'title'>,
  { datasets, options: { scheme } }: ChartInput,
): NamedChart | undefined {
  const seed = commonSeed(group.cells);
  const trials = groupCurves(group).flatMap(({ strategy }) => {
    const cell = group.cells.find((each) => each.strategy === strategy);
    return cell?.finished.find((trial) => seedOf(trial) === seed) ?? [];
  });
  const [first] = trials;
  const dataset = first && datasets?.get(datasetKey(first.header.trial.identity.dataset));
  if (dataset === undefined || imageShape(dataset.info.sampleShape) === undefined) return undefined;
  const numRounds = Math.max(1, Math.floor(MOST_PICKS / group.queryBatchSize));
  const candidates = trials.map((trial) => picksOf(trial, dataset, numRounds));
  const pictures = samplePictures(
    dataset,
    candidates.flat().map(({ row }) => row),
  );
  const picks = whatFits(candidates, pictures);
  if (picks.every(({ length }) => length === 0)) return undefined;
  const strategies = trials.map(({ header }) => header.trial.labels.strategy);
  const missing = group.cells.map(({ strategy }) => strategy).filter((name) => !strategies.includes(name));
  const erred = picks.flat().find(({ isWrong }) => isWrong);
  const subtitle = [
    `The first ${Math.max(...picks.map(({ length }) => length))} samples that each strategy asked for with seed ${seed}, by round.`,
    ...(erred === undefined
      ? []
      : [`"${erred.label}": the first is the class, the second what the oracle said.`]),
    ...(missing.length > 0 ? [`Without a finished trial of this seed: ${missing.join(', ')}.`] : []),
  ];
  return namedChart({
    ...{ ...names, scheme, alternativeText: alternativeText(names.title, strategies, picks) },
    body: {
      title: { text: names.title, subtitle: subtitleLines(subtitle, SUBTITLE_WIDTH) },
      ...pictureGrid(strategies, picks, pictures),
    },
  });
}

/** As many first picks of every strategy as fit the room there is for pictures, and no fewer than `FEWEST_PICKS`. */
function whatFits(
  picks: readonly (readonly PickedSample[])[],
  pictures: ReadonlyMap<number, SamplePicture>,
): readonly (readonly PickedSample[])[] {
  const sizeOf = (place: number): number =>
    picks.reduce((sum, own) => sum + (pictures.get(own[place]?.row ?? -1)?.url.length ?? 0), 0);
  let [numPicks, size] = [0, 0];
  while (numPicks < MOST_PICKS) {
    size += sizeOf(numPicks);
    if (size > MOST_CHARACTERS && numPicks >= FEWEST_PICKS) break;
    numPicks++;
  }
  return picks.map((own) => own.slice(0, numPicks));
}

const seedOf = (trial: StoredTrial): number => trial.header.trial.identity.seed;

/** The seed that most strategies have finished; of several, the first. */
function commonSeed(cells: readonly Cell[]): number | undefined {
  const counts = new Map<number, number>();
  for (const seed of cells.flatMap(({ finished }) => finished.map(seedOf))) {
    counts.set(seed, (counts.get(seed) ?? 0) + 1);
  }
  return [...counts].sort(([a, times], [b, others]) => others - times || a - b)[0]?.[0];
}

function picksOf({ rounds }: StoredTrial, { info, labels }: Dataset, numRounds: number): PickedSample[] {
  const nameOf = (label: number | undefined): string => info.classNames[label ?? -1] ?? '?';
  return rounds
    .slice(0, numRounds)
    .flatMap(({ round, queriedRows, answers }) =>
      queriedRows.map((row, i) => {
        const [truth, answer] = [labels[row], answers[i]];
        const isWrong = answer !== truth;
        const label = isWrong ? `${nameOf(truth)} → ${nameOf(answer)}` : nameOf(truth);
        return { round: round + 1, row, label, isWrong };
      }),
    )
    .slice(0, MOST_PICKS);
}

function alternativeText(
  title: string,
  strategies: readonly string[],
  picks: readonly (readonly PickedSample[])[],
): string {
  const texts = picks.map((own, i) => {
    const classes = own.slice(0, NUM_READ_OUT).map(({ label }) => label);
    return `${strategies[i]} ${classes.length === 0 ? 'none' : classes.join(', ')}`;
  });
  return `${title}: classes of the samples asked for first. ${texts.join('; ')}.`;
}
