/** The report in a real browser: it opens from a file and stays by itself, answers pointer and keyboard, and can be read by all. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cellCurve, cells } from '../../src/analysis/index.ts';
import { syntheticSweep, syntheticTrial } from '../analysis/syntheticTrials.ts';
import { sharedFolder } from '../folders.ts';
import { chromiumPath, launchChromium, withoutChromium } from './chromium.ts';
import { liveChart, openReport, writeSampleReport } from './openReport.ts';
import { seriousFaults } from './seriousFaults.ts';

const trials = [
  ...syntheticSweep({
    strategies: ['random', 'margin', 'entropy', 'ratio'],
    seeds: [1, 2, 3, 4, 5, 6],
    initialPoolSizes: [20, 50],
  }),
  syntheticTrial({ strategy: 'bald', seed: 1, status: 'failed', reason: 'the loss became NaN' }),
];

const folder = sharedFolder();
let browser: Browser;
let html = '';

describe.skipIf(chromiumPath === undefined)(`report.html${withoutChromium}`, () => {
  beforeAll(async () => {
    [browser, html] = await Promise.all([launchChromium(), writeSampleReport(trials, folder)]);
  }, 60_000);
  afterAll(async () => browser?.close());

  test('opens from a file without a word on the console and without a request, and draws every chart', async () => {
    const { page, messages, requests } = await openReport(browser, html);
    const numPlots = await page.locator('.plot').count();
    expect(numPlots).toBeGreaterThanOrEqual(4);
    for (let i = 0; i < numPlots; i++) {
      await page.locator('.plot').nth(i).scrollIntoViewIfNeeded();
      await page.waitForFunction((n) => document.querySelectorAll('.plot[data-live]').length > n, i);
    }
    expect(await page.locator('.plot .canvas svg').count()).toBe(numPlots);
    expect(messages).toEqual([]);
    expect(requests).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(1280);
    await page.context().close();
  });

  test('the cursor shows the values that are in the records, by pointer and by arrow keys', async () => {
    const { page } = await openReport(browser, html);
    const plot = await liveChart(page, 'learning-curves');
    const expected = cells(trials)
      .filter(({ initialPoolSize, finished }) => initialPoolSize === 20 && finished.length > 0)
      .map((cell) => cellCurve(cell))
      .map(({ strategy, points }) => ({ strategy, mean: points[2]?.mean ?? 0 }))
      .sort((a, b) => b.mean - a.mean)
      .map(({ strategy, mean }) => `${strategy} ${mean.toFixed(4)}`);
    const shown = () =>
      plot.locator('.tip tr').evaluateAll((rows) =>
        rows.map((row) => {
          const [, name, value] = [...row.querySelectorAll('td')].map((cell) => cell.textContent);
          return `${name} ${value}`;
        }),
      );
    await plot.focus();
    for (let i = 0; i < 3; i++) await page.keyboard.press('ArrowRight');
    expect(await plot.locator('.tip strong').textContent()).toBe('40 labels');
    expect(await shown()).toEqual(expected);
    expect(await plot.locator('.spoken').textContent()).toContain(expected[0]);
    const lineAt = () =>
      plot.locator('.line').evaluate((line) => Number.parseFloat((line as HTMLElement).style.left));
    const middle = await lineAt();
    await page.keyboard.press('Home');
    const first = await lineAt();
    await page.keyboard.press('Escape');
    expect(await plot.locator('.tip').isVisible()).toBe(false);
    const box = (await plot.boundingBox()) ?? { x: 0, y: 0, height: 0 };
    await page.mouse.move(box.x + middle + 3, box.y + box.height / 2);
    expect(await plot.locator('.tip strong').textContent()).toBe('40 labels');
    expect(await shown()).toEqual(expected);
    await page.mouse.move(box.x + first + 3, box.y + box.height / 2);
    expect(await plot.locator('.tip strong').textContent()).toBe('20 labels');
    await page.context().close();
  });

  test('a click in a legend isolates in every chart, another takes it back; the arrow keys reach all names', async () => {
    const { page } = await openReport(browser, html);
    const plot = await liveChart(page, 'learning-curves');
    const figure = page.locator('section[aria-labelledby="learning-curves"] figure').first();
    const faded = () =>
      plot
        .locator('path')
        .evaluateAll((paths) => paths.filter((path) => path.getAttribute('opacity') === '0.07').length);
    expect(await faded()).toBe(0);
    await figure.locator('button[data-strategy="margin"]').click();
    await expect.poll(faded).toBeGreaterThan(5);
    const pressed = page.locator('button[data-strategy="margin"][aria-pressed="true"]');
    expect(await pressed.count()).toBe(await page.locator('button[data-strategy="margin"]').count());
    await figure.locator('button[data-strategy="margin"]').click();
    await expect.poll(faded).toBe(0);
    const chips = figure.locator('.legend button');
    await chips.first().focus();
    for (let i = 1; i < (await chips.count()); i++) {
      await page.keyboard.press('ArrowRight');
      expect(await chips.nth(i).evaluate((chip) => chip === document.activeElement)).toBe(true);
    }
    await page.keyboard.press('Enter');
    await expect.poll(faded).toBeGreaterThan(5);
    await page.keyboard.press('Escape');
    await expect.poll(faded).toBe(0);
    await page.context().close();
  });

  test('dragging zooms, and a double click, a button or 0 shows all again', async () => {
    const { page } = await openReport(browser, html);
    const plot = await liveChart(page, 'learning-curves');
    const reset = page.locator('section[aria-labelledby="learning-curves"] .reset').first();
    const axis = async () =>
      (await plot.locator('.role-axis-label').first().locator('text').allTextContents()).sort();
    const before = await axis();
    const box = (await plot.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
    const drag = async () => {
      await page.mouse.move(box.x + box.width * 0.3, box.y + box.height / 2);
      await page.mouse.down();
      await page.mouse.move(box.x + box.width * 0.7, box.y + box.height / 2, { steps: 4 });
      await page.mouse.up();
      await reset.waitFor({ state: 'visible' });
    };
    await drag();
    expect(await axis()).not.toEqual(before);
    await reset.click();
    await expect.poll(axis).toEqual(before);
    await drag();
    await plot.focus();
    await page.keyboard.press('0');
    await expect.poll(axis).toEqual(before);
    await page.context().close();
  });

  test('the ranking sorts by mouse and by keyboard, either way', async () => {
    const { page } = await openReport(browser, html);
    const table = page.locator('table.ranking').first();
    const names = () =>
      table.locator('tbody th').evaluateAll((heads) => heads.map((head) => head.getAttribute('data-value')));
    const byAubc = await names();
    expect(byAubc.at(-1)).toBe('bald');
    const strategy = table.locator('th[data-column="0"]');
    await strategy.locator('button').click();
    expect(await names()).toEqual(['bald', 'entropy', 'margin', 'random', 'ratio']);
    expect(await strategy.getAttribute('aria-sort')).toBe('ascending');
    await strategy.locator('button').focus();
    await page.keyboard.press('Enter');
    expect(await names()).toEqual(['ratio', 'random', 'margin', 'entropy', 'bald']);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    expect(await names()).toEqual(byAubc);
    await page.keyboard.press('Space');
    // What has no value stays last.
    expect(await names()).toEqual([...byAubc.slice(0, -1).reverse(), 'bald']);
    await page.context().close();
  });

  test('the keyboard alone reaches every table, chart, legend and fold', async () => {
    const { page } = await openReport(browser, html);
    const wanted = await page
      .locator('button:visible, summary:visible, .plot, .scroll:visible, nav a')
      .evaluateAll(
        (all) => all.filter((element) => element instanceof HTMLElement && element.tabIndex >= 0).length,
      );
    const reached = new Set<string>();
    for (let i = 0; i < wanted + 40; i++) {
      await page.keyboard.press('Tab');
      const place = await page.evaluate(() => {
        const all = [...document.querySelectorAll('*')];
        return document.activeElement === document.body
          ? ''
          : String(all.indexOf(document.activeElement as Element));
      });
      if (place === '' && i > 5) break;
      reached.add(place);
    }
    expect(reached.size).toBeGreaterThanOrEqual(wanted);
    await page.context().close();
  });

  test.each(['light', 'dark'] as const)('axe finds nothing serious (%s)', async (colorScheme) => {
    const { page } = await openReport(browser, html, { colorScheme });
    await liveChart(page, 'learning-curves');
    const serious = await seriousFaults(page);
    expect(serious).toEqual([]);
    await page.context().close();
  });

  test('without scripts the same is there to read, and the charts are drawn', async () => {
    const { page, messages } = await openReport(browser, html, { javaScriptEnabled: false });
    expect(await page.locator('.plot > svg').count()).toBe(await page.locator('.plot').count());
    expect((await page.locator('.plot > svg path').count()) > 10).toBe(true);
    expect(messages).toEqual([]);
    await page.context().close();
  });

  test('narrow windows scroll tables and nothing else', async () => {
    const { page } = await openReport(browser, html, { viewport: { width: 400, height: 800 } });
    const plot = await liveChart(page, 'learning-curves');
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(400);
    const box = await plot.locator('svg').boundingBox();
    expect(box?.width).toBeLessThan(400);
    await page.context().close();
  });

  test('prints to a PDF of a few pages, in light colours', async () => {
    const { page } = await openReport(browser, html, { colorScheme: 'dark' });
    const pdf = await page.pdf({ format: 'A4', preferCSSPageSize: true });
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    const numPages = pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0;
    expect(numPages).toBeGreaterThan(1);
    expect(numPages).toBeLessThan(20);
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe(
      'rgb(255, 255, 255)',
    );
    await page.context().close();
  });
});
