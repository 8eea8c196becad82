/** Shows a download: a bar per file on a terminal, a line per event elsewhere. */
import cliProgress from 'cli-progress';
import type { FetchProgress } from '../datasets/index.ts';
import { megabytes, renderFetchProgress } from './renderData.ts';

export interface DownloadDisplay {
  readonly onProgress: (event: FetchProgress) => void;
  /** Call in the end, whatever happened. */
  readonly stop: () => void;
}

/** `output`: where progress goes, so that standard output stays the result's. */
export function downloadDisplay(output: NodeJS.WriteStream): DownloadDisplay {
  return output.isTTY ? bars(output) : lines(output);
}

function lines(output: NodeJS.WriteStream): DownloadDisplay {
  const onProgress = (event: FetchProgress) => {
    const line = renderFetchProgress(event);
    if (line !== undefined) output.write(`${line}\n`);
  };
  return { onProgress, stop: () => {} };
}

function bars(output: NodeJS.WriteStream): DownloadDisplay {
  const multi = new cliProgress.MultiBar({
    stream: output,
    format: '{file} [{bar}] {received} of {size}',
    barsize: 30,
    emptyOnZero: true,
  });
  const barOf = new Map<string, cliProgress.SingleBar>();
  const onProgress = (event: FetchProgress) => {
    const bar = barOf.get(event.file) ?? multi.create(0, 0, { file: event.file, received: '0', size: '?' });
    barOf.set(event.file, bar);
    if (event.kind === 'bytes') {
      const { receivedBytes, totalBytes } = event;
      if (totalBytes !== undefined) bar.setTotal(totalBytes);
      const size = totalBytes === undefined ? '?' : megabytes(totalBytes);
      bar.update(receivedBytes, { received: megabytes(receivedBytes), size });
    }
    if (event.kind === 'mirror-failed') multi.log(`${renderFetchProgress(event)}\n`);
  };
  return { onProgress, stop: () => multi.stop() };
}
