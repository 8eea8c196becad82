/**
 * Charts drawn on a thread of their own, in the order in which they are asked for, while this thread goes on computing: Vega
 * takes as long for a report's pictures as everything else together, and only the thread has to load it.
 */
import { Worker } from 'node:worker_threads';
import type { NamedChart } from './charts/chart.ts';
import type { PageChart } from './page/pageChart.ts';

/** What there is to draw, and what comes of it. */
export interface Drawings {
  /** A picture by itself. */
  picture: { readonly chart: NamedChart; readonly result: Picture };
  /** A picture in a page, whose ids begin with `id`. */
  page: { readonly chart: NamedChart; readonly id: string; readonly result: PageChart };
}

export interface Picture {
  readonly svg: string;
  readonly png: Uint8Array;
}

type DrawingKind = keyof Drawings;
type DrawingTask<Kind extends DrawingKind> = Omit<Drawings[Kind], 'result'>;

export type DrawerRequest =
  | { readonly kind: 'close' }
  | {
      readonly [Kind in DrawingKind]: { readonly ticket: number; readonly kind: Kind } & DrawingTask<Kind>;
    }[DrawingKind];

export type DrawerReply =
  | { readonly ticket: number; readonly result: Drawings[DrawingKind]['result'] }
  | { readonly ticket: number; readonly error: { readonly message: string; readonly stack?: string } };

export interface ChartDrawer {
  /** Throws what drawing threw. */
  draw<Kind extends DrawingKind>(kind: Kind, task: DrawingTask<Kind>): Promise<Drawings[Kind]['result']>;
  /** What has not been drawn yet never will be, and nobody hears of it. Resolves once the thread has ended. */
  close(): Promise<void>;
}

interface Waiting {
  readonly resolve: (result: never) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Far more than drawing needs, and yet they save 50 MB: a heap that may grow to the usual 4 GB is let grow fourfold before its
 * garbage is collected, a smaller one by half.
 */
const resourceLimits = { maxOldGenerationSizeMb: 1024, maxYoungGenerationSizeMb: 24 };

/** A waiting thread keeps no process alive. */
export function startChartDrawer(): ChartDrawer {
  const worker = new Worker(new URL('./chartDrawerThread.js', import.meta.url), {
    resourceLimits,
  });
  const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  const waiting = new Map<number, Waiting>();
  let numTickets = 0;
  const fail = (error: Error): void => {
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  worker.unref();
  worker.on('message', (reply: DrawerReply) => {
    const asked = waiting.get(reply.ticket);
    waiting.delete(reply.ticket);
    if (waiting.size === 0) worker.unref();
    if ('error' in reply) asked?.reject(withStack(reply.error));
    else asked?.resolve(reply.result as never);
  });
  worker.on('error', fail);
  worker.on('exit', (code) =>
    fail(new Error(`The thread that draws charts ended unasked with code ${code}.`)),
  );
  return {
    draw: (kind, task) =>
      new Promise((resolve, reject) => {
        const ticket = numTickets++;
        waiting.set(ticket, { resolve, reject });
        worker.ref();
        worker.postMessage({ ticket, kind, ...task });
      }),
    close() {
      waiting.clear();
      worker.ref();
      // Not terminated: a thread that is ended inside native code takes the whole process with it.
      worker.postMessage({ kind: 'close' } satisfies DrawerRequest);
      return ended;
    },
  };
}

/** With the stack it had in the thread. */
function withStack({ message, stack }: { readonly message: string; readonly stack?: string }): Error {
  const error = new Error(message);
  if (stack !== undefined) error.stack = stack;
  return error;
}
