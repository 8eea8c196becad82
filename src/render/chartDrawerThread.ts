/** The thread that draws charts. Pixels are computed on threads of the runtime's own, while it goes on with the next chart. */
import { parentPort } from 'node:worker_threads';
import pLimit from 'p-limit';
import type { DrawerReply, DrawerRequest, Drawings } from './chartDrawer.ts';
import { pageChart } from './page/pageChart.ts';
import { renderPng } from './renderPng.ts';
import { renderSvg } from './renderSvg.ts';

const inOrder = pLimit(1);
/** A picture takes some 50 MB while its pixels are computed. */
const onePicture = pLimit(1);

async function draw(
  request: Exclude<DrawerRequest, { kind: 'close' }>,
): Promise<Drawings[keyof Drawings]['result']> {
  if (request.kind === 'page') return inOrder(() => pageChart(request.chart, request.id));
  const svg = await inOrder(() => renderSvg(request.chart.spec));
  return { svg, png: await onePicture(() => renderPng(svg)) };
}

parentPort?.on('message', (request: DrawerRequest) => {
  if (request.kind === 'close') {
    inOrder.clearQueue();
    onePicture.clearQueue();
    parentPort?.close();
    return;
  }
  const { ticket } = request;
  draw(request).then(
    (result) => parentPort?.postMessage({ ticket, result } satisfies DrawerReply),
    (reason: unknown) => {
      const { message, stack } = reason instanceof Error ? reason : new Error(String(reason));
      const error = { message, ...(stack !== undefined && { stack }) };
      parentPort?.postMessage({ ticket, error } satisfies DrawerReply);
    },
  );
});

// Loaded while the first chart is still computed.
await Promise.all([import('vega'), import('vega-lite')]);
