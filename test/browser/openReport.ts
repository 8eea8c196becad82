/** A report written by the library and opened from its file, with everything noted that a self-contained page must not do. */
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import type { StoredTrial } from '../../src/store/record.ts';

// Charts are drawn on a thread, which runs what is built.
const built = new URL('../../dist/render/index.js', import.meta.url).href;
const { writeReport }: typeof import('../../src/render/index.ts') = await import(built);

export async function writeSampleReport(
  trials: readonly StoredTrial[],
  outDirectory: string,
): Promise<string> {
  const { html } = await writeReport({
    ...{ trials, outDirectory, name: 'sweep', description: 'Which strategy needs the fewest labels?' },
    ...{ command: 'querybench run sweep.yaml', warnings: ['One record file was broken.'] },
    sources: [{ directory: 'results/sweep', name: 'sweep', spec: { name: 'sweep' } }],
  });
  return html;
}

export interface OpenedReport {
  readonly page: Page;
  /** What the console said, and what was thrown. */
  readonly messages: string[];
  /** Other than for the file itself. */
  readonly requests: string[];
}

export async function openReport(
  browser: Browser,
  html: string,
  options: BrowserContextOptions = {},
): Promise<OpenedReport> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const url = pathToFileURL(html).href;
  const [messages, requests]: [string[], string[]] = [[], []];
  page.on('console', (message) => messages.push(message.text()));
  page.on('pageerror', (error) => messages.push(String(error)));
  page.on('request', (request) => {
    if (request.url() !== url) requests.push(request.url());
  });
  await page.goto(url);
  return { page, messages, requests };
}

/** Scrolls the first chart of a section into sight and waits until Vega has drawn it. Returns its plot. */
export async function liveChart(page: Page, section: string) {
  const plot = page.locator(`section[aria-labelledby="${section}"] .plot`).first();
  await plot.scrollIntoViewIfNeeded();
  await page.waitForFunction(
    (name) =>
      document.querySelector(`section[aria-labelledby="${name}"] .plot`)?.getAttribute('data-live') ===
      'true',
    section,
  );
  return plot;
}
