/** The live pages in a real browser, over real sweeps that other processes run. */
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { meanOf } from '../../src/analysis/index.ts';
import { readStore } from '../../src/store/readStore.ts';
import { builtFolder } from '../cli/querybench.ts';
import { finishedTrials, writeSpec } from '../experiment/sweeps.ts';
import { temporaryFolder } from '../folders.ts';
import { chromiumPath, launchChromium, withoutChromium } from './chromium.ts';
import { seriousFaults } from './seriousFaults.ts';

const spec = {
  strategy: ['random', 'margin'],
  initialPoolSize: [20, 40],
  queryBatchSize: 10,
  budget: 160,
  seed: '0-3',
  training: { stop: { rule: 'epochs', epochs: 12 } },
};

let browser: Browser;
const children: ChildProcess[] = [];

/** The built program, and the address it prints. */
function start(cwd: string, words: readonly string[]): { child: ChildProcess; address: Promise<string> } {
  // Nothing that opens a browser is on this path: that must not matter.
  const env = { ...process.env, PATH: '' };
  const child = spawn(process.execPath, [join(builtFolder, 'cli', 'main.js'), ...words], { cwd, env });
  children.push(child);
  const address = new Promise<string>((resolve, reject) => {
    let text = '';
    const hear = (piece: Buffer): void => {
      text += piece;
      const found = /http:\/\/127\.0\.0\.1:\d+\/#token=\w+/.exec(text);
      if (found) resolve(found[0]);
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    child.once('exit', () => reject(new Error(`No address: ${text}`)));
  });
  address.catch(() => undefined);
  return { child, address };
}

function ended(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve(child.exitCode);
    else child.once('exit', (code) => resolve(code));
  });
}

async function open(address: string): Promise<{ page: Page; messages: string[] }> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  const messages: string[] = [];
  page.on('console', (message) => messages.push(message.text()));
  page.on('pageerror', (error) => messages.push(String(error)));
  await page.goto(address);
  await page.waitForSelector('html[data-ready=true]');
  return { page, messages };
}

const number = async (page: Page, id: string): Promise<number> =>
  Number((await page.locator(`#${id}`).textContent())?.replaceAll(',', ''));

describe.skipIf(chromiumPath === undefined)(`the live page${withoutChromium}`, () => {
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterEach(() => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
  });
  afterAll(async () => browser?.close());

  test('run --open: follows a run, survives a reload, makes and shows its report, and ends on Ctrl-C', async () => {
    const cwd = temporaryFolder();
    const { child, address } = start(cwd, [
      'run',
      writeSpec(cwd, { ...spec, name: 'sweep' }),
      '--workers',
      '1',
      '--open',
    ]);
    const { page, messages } = await open(await address);
    await page.waitForSelector('#state[data-state=running]');
    await page.waitForFunction(
      () => (document.querySelector('.curve .full')?.getAttribute('d') ?? '') !== '',
    );
    const pathOfCurves = () =>
      page.locator('.curve .full').evaluateAll((paths) => paths.map((path) => path.getAttribute('d')).join());
    const before = await pathOfCurves();
    expect(await page.locator('#stop').isVisible()).toBe(true);
    await page.waitForFunction(
      (old) =>
        [...document.querySelectorAll('.curve .full')].map((path) => path.getAttribute('d')).join() !== old,
      before,
    );
    await page.reload();
    await page.waitForSelector('#state[data-state=complete]', { timeout: 60_000 });
    expect(await number(page, 'finished')).toBe(16);
    expect(await number(page, 'left')).toBe(0);
    expect(new URL(page.url()).hash).toBe('');

    // What the arrow keys read off is what is in the records.
    await page.locator('.plot').first().focus();
    await page.keyboard.press('End');
    const last = finishedTrials(join(cwd, 'results', 'sweep')).filter(
      ({ header: { trial } }) => trial.identity.initialPoolSize === 20 && trial.labels.strategy === 'margin',
    );
    const mean = meanOf(last.map(({ rounds }) => rounds.at(-1)?.metrics.accuracy ?? Number.NaN));
    expect(await page.locator('.plot .spoken').first().textContent()).toContain(`margin ${mean.toFixed(3)}`);
    expect(await page.locator('.tip').first().textContent()).toContain(`margin${mean.toFixed(4)}4 seeds`);

    await page.locator('#make-report').click();
    await page.locator('#open-report').click({ timeout: 50_000 });
    await page.waitForSelector('html[data-ready]');
    expect(await page.locator('h1').textContent()).toBe('sweep');
    // The report's own script runs, in a world of its own.
    await page.locator('.plot').first().scrollIntoViewIfNeeded();
    await page.waitForSelector('.plot[data-live=true]');
    expect(await page.evaluate(() => self.origin)).toBe('null');
    expect(messages).toEqual([]);
    child.kill('SIGINT');
    expect(await ended(child)).toBe(0);
  }, 120_000);

  test('run --open: the page stops the run, once asked to be sure', async () => {
    const cwd = temporaryFolder();
    const { child, address } = start(cwd, [
      'run',
      writeSpec(cwd, { ...spec, name: 'sweep' }),
      '--workers',
      '1',
      '--open',
    ]);
    const { page } = await open(await address);
    await page.waitForSelector('#state[data-state=running]');
    page.once('dialog', (dialog) => void dialog.dismiss());
    await page.locator('#stop').click();
    expect(await page.locator('#state').textContent()).toBe('Running');
    page.once('dialog', (dialog) => void dialog.accept());
    await page.locator('#stop').click();
    await page.waitForSelector('#state[data-state=stopped]');
    expect(await page.locator('#again').textContent()).toContain('querybench run sweep.yaml --workers 1');
    const { trials } = readStore(join(cwd, 'results', 'sweep'));
    expect(trials.filter(({ footer }) => footer !== undefined).length).toBe(await number(page, 'finished'));
    child.kill('SIGINT');
    expect(await ended(child)).toBe(130);
  });

  test('serve: another sweep appears, is followed, and the page finds a server again that was started anew', async () => {
    const cwd = temporaryFolder();
    const small = { ...spec, initialPoolSize: 20, seed: 0, budget: 40 };
    await ended(start(cwd, ['run', writeSpec(cwd, { ...small, name: 'first' })]).child);
    const serving = start(cwd, ['serve', 'results']);
    const { page, messages } = await open(await serving.address);
    expect(await page.locator('#runs tr').allTextContents()).toMatchObject([
      expect.stringContaining('first'),
    ]);
    const sweep = start(cwd, ['run', writeSpec(cwd, { ...spec, name: 'second' }), '--workers', '1']);
    await page.locator('#runs a', { hasText: 'second' }).click();
    await page.waitForSelector('#state[data-state=running]');
    // Only the process that runs it can stop it.
    expect(await page.locator('#stop').isVisible()).toBe(false);
    expect(messages).toEqual([]);
    const { port } = new URL(await serving.address);
    serving.child.kill('SIGINT');
    expect(await ended(serving.child)).toBe(0);
    await page.waitForSelector('html[data-connection=lost]');
    start(cwd, ['serve', 'results', '--port', port]);
    await page.waitForSelector('html[data-connection=open]');
    await ended(sweep.child);
    await page.waitForSelector('#state[data-state=complete]');
    expect(await number(page, 'finished')).toBe(16);
  }, 90_000);

  test('by keyboard alone, in both schemes, and nothing that axe finds serious', async () => {
    const cwd = temporaryFolder();
    const small = { ...spec, seed: '0-2', budget: 60 };
    await ended(start(cwd, ['run', writeSpec(cwd, { ...small, name: 'sweep' })]).child);
    const serving = start(cwd, ['serve', 'results']);
    const { page } = await open(await serving.address);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await seriousFaults(page)).toEqual([]);
    }
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.waitForSelector('#state[data-state=complete]');
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await seriousFaults(page)).toEqual([]);
    }
    const reached = new Set<string>();
    for (let i = 0; i < 8; i++) {
      await page.keyboard.press('Tab');
      reached.add(
        await page.evaluate(
          () =>
            document.activeElement?.id ||
            document.activeElement?.className ||
            document.activeElement?.tagName ||
            '',
        ),
      );
      if (await page.evaluate(() => document.activeElement?.parentElement?.id === 'legend')) {
        await page.keyboard.press('ArrowRight');
        await page.keyboard.press('Enter');
        expect(await page.locator('.curve.faded').count()).toBe(2);
      }
    }
    for (const each of ['make-report', 'plot', 'SUMMARY']) expect([...reached]).toContain(each);
    await page.setViewportSize({ width: 390, height: 800 });
    await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  });
});
