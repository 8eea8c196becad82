/** `querybench data [name]`: which data sets there are, where their files lie, and getting what is missing. */
import type { CommandModule } from 'yargs';

interface DataArguments {
  readonly name?: string | undefined;
  readonly fetch: boolean;
  readonly verify: boolean;
}

export const dataCommand: CommandModule<object, DataArguments> = {
  command: 'data [name]',
  describe: 'Show data sets and where they are; fetch what is missing of one',
  builder: (yargs) =>
    yargs
      .positional('name', { type: 'string', describe: 'One data set; without it, all are listed' })
      .option('fetch', {
        type: 'boolean',
        default: true,
        describe: 'Download what is missing of the data set named; --no-fetch only shows it',
      })
      .option('verify', {
        type: 'boolean',
        default: false,
        describe: 'Read every file and check its size and SHA-256',
      }),
  handler: async ({ name, fetch, verify }) => {
    if (name !== undefined) await showDataset(name, fetch, verify);
    else await showAll(verify);
  },
};

async function showAll(verify: boolean): Promise<void> {
  const { datasetInfo, datasetNames, locateDataset } = await import('../../datasets/index.ts');
  const { renderDatasetList } = await import('../renderData.ts');
  if (verify) {
    for (const name of datasetNames) await showDataset(name, false, true);
    return;
  }
  const statuses = datasetNames.map(async (name) => ({
    info: datasetInfo(name),
    locations: await locateDataset(name),
  }));
  process.stdout.write(renderDatasetList(await Promise.all(statuses)));
}

async function showDataset(name: string, fetch: boolean, verify: boolean): Promise<void> {
  const { datasetInfo, locateDataset, verifyDataset, waysToGetDataset } = await import(
    '../../datasets/index.ts'
  );
  const { renderDataset } = await import('../renderData.ts');
  const info = datasetInfo(name);
  const locations = fetch ? await fetchMissing(name) : await locateDataset(name);
  const verdicts = verify ? await verifyDataset(name) : undefined;
  process.stdout.write(renderDataset({ info, locations }, verdicts));
  if (locations.some((location) => location.status === 'missing')) {
    process.stdout.write(`${waysToGetDataset(name)}\n`);
  }
  const problems = verdicts?.flatMap(({ problem }) => problem ?? []) ?? [];
  if (problems.length > 0) {
    const { UserError } = await import('../../foundation/userError.ts');
    throw new UserError('damaged-data', problems.join('\n'));
  }
}

async function fetchMissing(name: string) {
  const { fetchDataset } = await import('../../datasets/index.ts');
  const { downloadDisplay } = await import('../downloadProgress.ts');
  const { onProgress, stop } = downloadDisplay(process.stderr);
  try {
    return await fetchDataset(name, { onProgress });
  } finally {
    stop();
  }
}
