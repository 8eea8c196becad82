/** The browser that the tests of pages look through: the Chromium of this machine, or none, and then they are skipped by name. */
import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const candidates = [
  process.env.QUERYBENCH_CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

export const chromiumPath = candidates.find((path) => path !== undefined && existsSync(path));

/** For a suite's title where there is none. */
export const withoutChromium =
  chromiumPath === undefined ? ' (skipped: no Chromium here; install it or set QUERYBENCH_CHROMIUM)' : '';

export async function launchChromium(): Promise<Browser> {
  if (chromiumPath === undefined) throw new Error('No Chromium on this machine.');
  // Containers run tests as the superuser, for whom Chromium has no sandbox.
  return chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox', '--disable-gpu'] });
}
