/** What the server refuses: other names, paths, links, requests without the token. Asked over plain sockets, which mend nothing. */
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, connect as openSocket } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningServer, startServer } from '../../src/server/startServer.ts';
import { sharedFolder } from '../folders.ts';
import { finishedRun } from './resultsFolder.ts';

const SECRET = 'the secret of another folder';
const root = sharedFolder();
const elsewhere = sharedFolder();
const reports: string[] = [];
let server: RunningServer;

beforeAll(async () => {
  const outside = finishedRun(elsewhere, 'outside');
  writeFileSync(join(outside, 'report.html'), SECRET);
  writeFileSync(join(outside, 'secret.txt'), SECRET);
  const sweep = finishedRun(root, 'sweep');
  writeFileSync(join(sweep, 'report.html'), '<!doctype html><title>mine</title>');
  symlinkSync(outside, join(root, 'link'));
  symlinkSync(join(outside, 'report.html'), join(finishedRun(root, 'linked-report'), 'report.html'));
  mkdirSync(join(root, 'linked-plan'));
  symlinkSync(join(outside, 'experiment.json'), join(root, 'linked-plan', 'experiment.json'));
  finishedRun(join(root, 'deep er'), 'a&b');
  server = await startServer({
    ...{ root, isOwnRun: false },
    makeReport: async (directory) => void reports.push(directory),
  });
});
afterAll(() => server.close());

interface Raw {
  readonly status: number;
  readonly text: string;
}

/** Sends the path as it stands. */
function raw(path: string, headers: Readonly<Record<string, string>> = {}, method = 'GET'): Promise<Raw> {
  const all = { Host: `127.0.0.1:${server.port}`, Connection: 'close', ...headers };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return new Promise((resolve, reject) => {
    const socket = openSocket(server.port, '127.0.0.1');
    let text = '';
    socket.on('data', (piece) => {
      text += piece;
      // Streams of events do not end.
      if (text.includes('text/event-stream') && text.includes('data: ')) socket.destroy();
    });
    socket.on('close', () => resolve({ status: Number(text.split(' ')[1]), text }));
    socket.on('error', reject);
    socket.write(`${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n`);
  });
}

describe('paths', () => {
  const ups = ['..', '%2e%2e', '%2e%2e%2f..', '..%5c..', '....//', '%252e%252e', '%c0%ae%c0%ae', '..%00'];
  const rest = ['/etc/passwd', '%2fetc%2fpasswd', '/outside/report.html', '/package.json', ''];
  const pages = ['/report/', '/run/', '/assets/', '/events/', '/', '/report/sweep/', '/assets/../../'];

  test('that lead out are found nowhere', async () => {
    for (const page of pages) {
      for (const path of ups.flatMap((up) => rest.map((each) => `${page}${up}${each}`))) {
        const { status, text } = await raw(path);
        // Addresses are made straight first: what is left of some is the list of runs.
        if (!text.includes('/assets/listPage.js')) expect([400, 404], path).toContain(status);
        expect(text, path).not.toMatch(/root:|"dependencies"|the secret/);
      }
    }
  });

  test('of links are found nowhere, nor listed', async () => {
    for (const path of [
      '/report/link',
      '/run/link',
      '/events/link',
      '/report/linked-report',
      '/run/linked-plan',
    ]) {
      const { status, text } = await raw(path);
      expect([path, status]).toEqual([path, 404]);
      expect(text).not.toContain(SECRET);
    }
    const { text } = await raw('/events');
    expect(text).toContain('"id":"sweep"');
    expect(text).not.toMatch(/"id":"link"|"id":"linked-plan"/);
  });

  test('of runs are found, whatever their names', async () => {
    expect((await raw('/run/sweep')).status).toBe(200);
    expect((await raw('/report/sweep')).text).toContain('<title>mine</title>');
    const { status, text } = await raw('/run/deep%20er/a%26b');
    expect(status).toBe(200);
    expect(text).toContain('data-run="deep er/a&amp;b"');
    expect((await raw('/events/deep%20er/a%26b')).text).toContain('"kind":"snapshot"');
  });
});

test('another name in Host is refused, this machine’s own are not', async () => {
  for (const Host of [
    'evil.example',
    `evil.example:${server.port}`,
    '127.0.0.1.evil.example',
    'localhost.evil',
    '0.0.0.0',
  ]) {
    expect([Host, (await raw('/', { Host })).status]).toEqual([Host, 403]);
    expect([Host, (await raw('/events/sweep', { Host })).status]).toEqual([Host, 403]);
  }
  for (const Host of ['127.0.0.1', `localhost:${server.port}`, 'LOCALHOST', '[::1]:9']) {
    expect([Host, (await raw('/', { Host })).status]).toEqual([Host, 200]);
  }
});

test('what changes something takes the token, in a header, by POST', async () => {
  const path = '/make-report/sweep';
  const key = 'x-querybench-token';
  const without: readonly Readonly<Record<string, string>>[] = [
    {},
    { [key]: '' },
    { [key]: 'guess' },
    { cookie: `${key}=${server.token}` },
  ];
  for (const headers of without) {
    expect((await raw(path, { ...headers, 'content-length': '0' }, 'POST')).status).toBe(403);
  }
  expect((await raw(`${path}?token=${server.token}`, { 'content-length': '0' }, 'POST')).status).toBe(403);
  expect((await raw(path, { [key]: server.token })).status).toBe(404);
  expect(reports).toEqual([]);
  const allowed = { [key]: server.token, 'content-length': '0' };
  expect((await raw(path, allowed, 'POST')).status).toBe(200);
  expect(reports).toEqual([join(root, 'sweep')]);
  expect((await raw('/make-report/nothing', allowed, 'POST')).status).toBe(404);
  // Nobody here runs it.
  expect((await raw('/stop/sweep', allowed, 'POST')).status).toBe(409);
  // No other page may ask to send that header.
  const preflight = await raw(
    path,
    { Origin: 'http://evil.example', 'Access-Control-Request-Method': 'POST' },
    'OPTIONS',
  );
  expect(preflight.text.toLowerCase()).not.toContain('access-control-allow');
});

test('every answer brings a strict policy; a report’s runs by its own scripts in a world of its own', async () => {
  for (const path of ['/', '/run/sweep', '/nothing', '/assets/style.css']) {
    const { text } = await raw(path);
    const policy = /content-security-policy: (.*)/i.exec(text)?.[1] ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).not.toMatch(/unsafe/);
    expect(text).toMatch(/x-content-type-options: nosniff/i);
  }
  const policy = /content-security-policy: (.*)/i.exec((await raw('/report/sweep')).text)?.[1] ?? '';
  expect(policy).toMatch(/^sandbox allow-scripts /);
  expect(policy).not.toContain('allow-same-origin');
  expect(policy).toContain("script-src 'none'");
});

test('nobody but this machine is listened to, and a port that is taken is said', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const { port } = other.address() as { port: number };
  const starting = startServer({ root, isOwnRun: false, makeReport: async () => undefined, port });
  await expect(starting).rejects.toMatchObject({
    code: 'port-taken',
    message: expect.stringContaining(String(port)),
  });
  other.close();
});
