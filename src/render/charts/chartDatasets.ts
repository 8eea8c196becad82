/** Reads the data sets that charts show samples of, as far as they are here and are pictures. */
import { type Dataset, datasetInfo, datasetKey, loadConfigured } from '../../datasets/index.ts';
import { UserError } from '../../foundation/userError.ts';
import type { StoredTrial } from '../../store/record.ts';
import { imageShape } from './samplePicture.ts';

export interface ChartDatasets {
  /** By `datasetKey`: what `chartInput` takes. */
  readonly datasets: ReadonlyMap<string, Dataset>;
  /** Why others are not shown, in whole sentences. */
  readonly problems: readonly string[];
}

/** Never downloads; what cannot be read is among the problems, and so is what has no pictures. */
export async function chartDatasets(trials: readonly StoredTrial[]): Promise<ChartDatasets> {
  const configs = new Map(
    trials.map(({ header }) => {
      const config = header.trial.identity.dataset;
      return [datasetKey(config), config];
    }),
  );
  const datasets = new Map<string, Dataset>();
  const problems: string[] = [];
  for (const [key, config] of configs) {
    try {
      // Of a data set that is built in, this is known without reading a byte; of others, reading them says it.
      if (config.source === undefined && datasetInfo(config.name).fingerprint !== config.fingerprint) {
        problems.push(`${config.name} is no longer what it was when the trials ran.`);
        continue;
      }
      const dataset = await loadConfigured(config);
      if (imageShape(dataset.info.sampleShape) === undefined) {
        problems.push(
          `Samples of ${config.name} are no pictures (${dataset.info.sampleShape.join(' × ')} values).`,
        );
      } else datasets.set(key, dataset);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      problems.push(error.message);
    }
  }
  return { datasets, problems };
}
