/** What every answer is kept by: only this machine's own names, only scripts of ours, and a token for whatever changes something. */
import { createHash, randomUUID, timingSafeEqual } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';

/** Names by which this machine calls itself. Another one in `Host` is a foreign page that had its name pointed here. */
const OWN_NAMES = new Set(['127.0.0.1', 'localhost', '[::1]']);

const PAGE_POLICY = [
  "default-src 'none'",
  ...["script-src 'self'", "style-src 'self'", "connect-src 'self'", "img-src 'self' data:"],
  ...["base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"],
].join('; ');

const TOKEN_HEADER = 'x-querybench-token';

/** 122 random bits, for one server's life. */
export function createToken(): string {
  return randomUUID().replaceAll('-', '');
}

/** Against DNS rebinding: refuses requests that were meant for another name. */
export const ownNamesOnly: MiddlewareHandler = async (context, next) => {
  const host = context.req.header('host') ?? '';
  if (!OWN_NAMES.has(host.replace(/:\d{1,5}$/, '').toLowerCase())) {
    return context.text('This server answers to 127.0.0.1 and localhost alone.\n', 403);
  }
  return next();
};

/** Answers that have a policy of their own keep it. */
export const strictHeaders: MiddlewareHandler = async (context, next) => {
  await next();
  const { headers } = context.res;
  if (!headers.has('content-security-policy')) headers.set('content-security-policy', PAGE_POLICY);
  headers.set('x-content-type-options', 'nosniff');
  headers.set('x-frame-options', 'DENY');
  headers.set('referrer-policy', 'no-referrer');
  headers.set('cross-origin-opener-policy', 'same-origin');
  headers.set('cross-origin-resource-policy', 'same-origin');
  if (!headers.has('cache-control')) headers.set('cache-control', 'no-store');
};

/**
 * For requests that change something. The token comes in a header, which a foreign page cannot send without being allowed to,
 * and nobody is.
 */
export function tokenRequired(token: string): MiddlewareHandler {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return async (context, next) => {
    const given = context.req.header(TOKEN_HEADER) ?? '';
    if (!timingSafeEqual(digest(given), digest(token))) {
      return context.text('This takes the token of the address that querybench has printed.\n', 403);
    }
    return next();
  };
}

/**
 * For a report, which brings its own policy: its scripts, known by their hashes, run in a world of their own, so that a report
 * from elsewhere can ask nothing of this server.
 */
export function reportPolicy(html: string): string {
  const policy = /<meta http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1] ?? '';
  const scripts = /(?:^|;)\s*script-src ([^;]*)/.exec(policy)?.[1]?.match(/'sha(?:256|384|512)-[\w+/=-]+'/g);
  return [
    'sandbox allow-scripts allow-downloads allow-modals allow-popups',
    "default-src 'none'",
    `script-src ${scripts?.join(' ') ?? "'none'"}`,
    ...["style-src 'unsafe-inline'", 'img-src data: blob:', 'font-src data:'],
    ...["base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"],
  ].join('; ');
}
