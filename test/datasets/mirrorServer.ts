/** A real HTTP server on this machine that serves one body in all the ways that mirrors do. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** How one request is answered; `undefined` means as a good server does. */
export interface Behaviour {
  readonly status?: number;
  readonly ignoreRange?: boolean;
  /** A range other than the one asked for. */
  readonly wrongRange?: boolean;
  readonly etag?: string;
  /** Cut the connection after so many bytes of the answer, once `noteReceived` says that they have arrived. */
  readonly dropAfter?: number;
  /** Send so many bytes of the answer and then nothing more. */
  readonly stallAfter?: number;
  /** Leave out Content-Length. */
  readonly chunked?: boolean;
  readonly body?: Buffer;
}

export interface MirrorServer {
  /** Base address, with a slash at the end. */
  readonly base: string;
  /** `<path> <range or -> <if-range or ->` of each request so far. */
  readonly requests: readonly string[];
  /** What the client has of the file: a connection that is cut too early would take what is under way with it. */
  noteReceived(numBytes: number): void;
}

/** Serves `bodyOf(path)`; the n-th request is answered as `behaviourOf(n, path)` says. */
export async function startMirror(
  bodyOf: (path: string) => Buffer | undefined,
  behaviourOf: (n: number, path: string) => Behaviour | undefined = () => undefined,
): Promise<MirrorServer> {
  const requests: string[] = [];
  const drops: Drop[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    const { range, 'if-range': ifRange } = request.headers;
    requests.push(`${path} ${range ?? '-'} ${ifRange ?? '-'}`);
    const behaviour = behaviourOf(requests.length - 1, path) ?? {};
    answer(request, response, behaviour.body ?? bodyOf(path), behaviour, drops);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    base: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    requests,
    noteReceived(numBytes) {
      for (const { end, cut } of drops) if (numBytes >= end) cut();
    },
  };
}

/** A connection that is to be cut when the client has the file's bytes up to `end`. */
interface Drop {
  readonly end: number;
  readonly cut: () => void;
}

function answer(
  request: IncomingMessage,
  response: ServerResponse,
  body: Buffer | undefined,
  behaviour: Behaviour,
  drops: Drop[],
): void {
  const { status, ignoreRange, wrongRange, etag, dropAfter, stallAfter, chunked } = behaviour;
  if (body === undefined || status !== undefined) {
    response.writeHead(status ?? 404).end('no such file');
    return;
  }
  const ifRange = request.headers['if-range'];
  const asked = /^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1];
  const isRange = asked !== undefined && !ignoreRange && (ifRange === undefined || ifRange === etag);
  const start = isRange ? Number(asked) + (wrongRange ? 1 : 0) : 0;
  if (isRange && start >= body.length) {
    response.writeHead(416, { 'content-range': `bytes */${body.length}` }).end();
    return;
  }
  const part = body.subarray(start);
  response.writeHead(isRange ? 206 : 200, {
    ...(!chunked && { 'content-length': part.length }),
    ...(etag !== undefined && { etag }),
    ...(isRange && { 'content-range': `bytes ${start}-${body.length - 1}/${body.length}` }),
  });
  if (dropAfter !== undefined) {
    response.flushHeaders();
    response.write(part.subarray(0, dropAfter));
    drops.push({ end: start + dropAfter, cut: () => response.destroy() });
  } else if (stallAfter !== undefined) {
    response.flushHeaders();
    response.write(part.subarray(0, stallAfter));
  } else {
    response.end(part);
  }
}
