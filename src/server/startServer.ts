/** Listens on 127.0.0.1, and nowhere else. */
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { UserError } from '../foundation/userError.ts';
import { createApp } from './app.ts';
import { createToken } from './guards.ts';
import { type LibraryOptions, runLibrary } from './runLibrary.ts';

export interface ServerOptions extends LibraryOptions {
  /** Left out: the usual one, or any that is free. */
  readonly port?: number | undefined;
}

export interface RunningServer {
  readonly port: number;
  /** With the token, which browsers keep to themselves: it stands behind the `#`. */
  readonly address: string;
  readonly token: string;
  /** Ends every connection. A second call does nothing. */
  close(): Promise<void>;
}

const HOST = '127.0.0.1';
/** The same one each time, so that pages find a server again that was started anew. */
const USUAL_PORT = 4280;

/** Throws `UserError`: `port-taken`, `no-permission`. */
export async function startServer({ port, ...options }: ServerOptions): Promise<RunningServer> {
  const token = createToken();
  const library = runLibrary(options);
  const { fetch } = createApp(library, token);
  const server = createAdaptorServer({ fetch, overrideGlobalObjects: false }) as Server;
  try {
    if (port !== undefined) await listen(server, port);
    else await listen(server, USUAL_PORT).catch(() => listen(server, 0));
  } catch (error) {
    throw explain(error, port ?? 0);
  }
  const bound = (server.address() as AddressInfo).port;
  let closed: Promise<void> | undefined;
  return {
    ...{ port: bound, token, address: `http://${HOST}:${bound}/#token=${token}` },
    close() {
      closed ??= new Promise((resolve) => {
        library.close();
        server.close(() => resolve());
        // Streams of events have no end of their own.
        server.closeAllConnections();
      });
      return closed;
    },
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, HOST, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function explain(error: unknown, port: number): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE') {
    return new UserError(
      'port-taken',
      `--port must be free, and another program listens on ${port}. Choose another one, or leave it out for any that is free.`,
    );
  }
  if (code === 'EACCES') {
    return new UserError(
      'no-permission',
      `--port must be one that you may listen on, and ${port} is reserved. Choose one above 1023, or leave it out.`,
    );
  }
  return error;
}
