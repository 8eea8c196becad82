/** The addresses: pages, what they load, streams of events, and the two requests that change something. */
import { type Context, Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import { UserError } from '../foundation/userError.ts';
import { pageFile } from './assets.ts';
import { ownNamesOnly, reportPolicy, strictHeaders, tokenRequired } from './guards.ts';
import { listPage, missingPage, runPage } from './pages.ts';
import { readReport } from './readReport.ts';
import type { RunLibrary } from './runLibrary.ts';

/** Proxies and browsers give up on connections that are silent for longer. */
const HEARTBEAT_MILLISECONDS = 15_000;
const RETRY_MILLISECONDS = 1000;

/** @param token what requests that change something must bring */
export function createApp(library: RunLibrary, token: string): Hono {
  const app = new Hono();
  app.use(ownNamesOnly, strictHeaders);
  app.get('/', (context) => {
    const { own } = library;
    return context.html(own === undefined ? listPage(library.title) : runPage(own.id, { isAlone: true }));
  });
  app.get('/run/:id{.+}', (context) => {
    const run = library.find(context.req.param('id'));
    return run === undefined
      ? context.html(missingPage(), 404)
      : context.html(runPage(run.id, { isAlone: library.own !== undefined }));
  });
  app.get('/report/:id{.+}', (context) => {
    const run = library.find(context.req.param('id'));
    const html = run && readReport(run.directory);
    if (html === undefined) return context.html(missingPage(), 404);
    return context.html(html, 200, { 'content-security-policy': reportPolicy(html) });
  });
  app.get('/assets/:name', async (context) => {
    const file = await pageFile(context.req.param('name'));
    if (file === undefined) return context.text('There is no such file.\n', 404);
    return context.body(file.text, 200, { 'content-type': file.type, 'cache-control': 'no-cache' });
  });
  app.get('/events', (context) => events(context, (send) => library.subscribeToList(send)));
  app.get('/events/:id{.+}', (context) => {
    const watch = library.watch(context.req.param('id'));
    if (watch === undefined) return context.text('There is no such run.\n', 404);
    return events(context, (send) => watch.subscribe(send));
  });
  app.post('/stop/:id{.+}', tokenRequired(token), (context) => {
    const isAsked = library.stop(context.req.param('id'));
    return isAsked
      ? context.json({ state: 'stopping' }, 202)
      : context.text('Only the process that runs it can stop a run.\n', 409);
  });
  app.post('/make-report/:id{.+}', tokenRequired(token), async (context) => {
    try {
      const isMade = await library.makeReport(context.req.param('id'));
      return isMade ? context.json({ state: 'made' }) : context.text('There is no such run.\n', 404);
    } catch (error) {
      if (error instanceof UserError) return context.text(`${error.message}\n`, 409);
      throw error;
    }
  });
  app.notFound((context) => context.html(missingPage(), 404));
  return app;
}

/** Sends what `subscribe` hands over, one message after the other, until the page has gone. */
function events(context: Context, subscribe: (send: (message: unknown) => void) => () => void): Response {
  return streamSSE(context, async (stream) => {
    let last = Promise.resolve();
    const write = (text: string) => {
      last = last.then(() => void stream.write(text).catch(() => undefined));
    };
    write(`retry: ${RETRY_MILLISECONDS}\n\n`);
    const unsubscribe = subscribe((message) => write(`data: ${JSON.stringify(message)}\n\n`));
    const heartbeat = setInterval(() => write(': still here\n\n'), HEARTBEAT_MILLISECONDS);
    await new Promise<void>((resolve) => stream.onAbort(resolve));
    clearInterval(heartbeat);
    unsubscribe();
  });
}
