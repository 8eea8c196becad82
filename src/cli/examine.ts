/** The findings of `querybench doctor`. A device counts as present only if it just computed something. */
import { availableParallelism, cpus, freemem, totalmem } from 'node:os';
import { datasetInfo, datasetNames, locateDataset, waysToGetDataset } from '../datasets/index.ts';
import { environment } from '../experiment/environment.ts';
import { examineDevices } from './examineDevices.ts';
import type { Finding } from './finding.ts';

/** `probe`: times training on every device too. */
export async function examine(probe: boolean): Promise<Finding[]> {
  const {
    querybench = '?',
    node = '?',
    platform = '?',
    cpuFeatures = 'not known here',
  } = await environment({});
  const gibibytes = (bytes: number): string => `${(bytes / 2 ** 30).toFixed(1)} GiB`;
  const present = (what: string, finding: string): Finding => ({ ok: true, what, finding });
  return [
    present('querybench', querybench),
    present('node', `${node}, ${platform}`),
    present('cores', `${availableParallelism()} (${cpus()[0]?.model ?? 'unknown'}; ${cpuFeatures})`),
    present('memory', `${gibibytes(freemem())} free of ${gibibytes(totalmem())}`),
    ...(await examineDevices(probe)),
    ...(await Promise.all(datasetNames.map(examineDataset))),
  ];
}

async function examineDataset(name: string): Promise<Finding> {
  const locations = await locateDataset(name);
  const what = `data ${name}`;
  if (locations.some(({ status }) => status === 'missing')) {
    return { ok: false, what, finding: waysToGetDataset(name).replaceAll('\n', ' ') };
  }
  const origins = new Set(
    locations.flatMap((location) => (location.status === 'found' ? [location.origin] : [])),
  );
  return {
    ok: true,
    what,
    finding: `${datasetInfo(name).numSamples.toLocaleString('en')} samples, from ${[...origins].join(', ')}`,
  };
}
