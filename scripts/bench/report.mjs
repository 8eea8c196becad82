// `querybench report` of 20 strategies × 3 pools × 20 seeds × 100 rounds: wall time, peak memory, the page's size, and how soon
// Chromium has it ready. QUERYBENCH_BENCH_SEEDS makes it smaller.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { writeStore } from './reportStore.mjs';
import { median } from './statistics.mjs';

const sizes = { numStrategies: 20, pools: [20, 50, 100], numSeeds: 20, numRounds: 100 };
/** Prints the peak of a process' resident memory, in KiB, as its last line. */
const tellMemory = `data:text/javascript,${encodeURIComponent(
  "process.on('exit', () => process.stderr.write('\\nmaxRSS ' + process.resourceUsage().maxRSS))",
)}`;

export async function* report(repetitions = 3) {
  const folder = mkdtempSync(join(tmpdir(), 'querybench-bench-'));
  try {
    const numSeeds = Number(process.env.QUERYBENCH_BENCH_SEEDS ?? sizes.numSeeds);
    const numRows = writeStore(join(folder, 'store'), { ...sizes, numSeeds });
    const what = `report of ${numRows.toLocaleString('en')} rounds`;
    const runs = Array.from({ length: repetitions }, () => timedReport(folder));
    const seconds = runs.map((run) => run.seconds);
    yield row(`${what}: time`, seconds, { unit: 's', most: 5, detail: 'whole process, wall time' });
    yield row(
      `${what}: peak memory`,
      runs.map(({ bytes }) => bytes / 2 ** 20),
      {
        ...{ unit: 'MiB', most: 500, detail: 'resident, the main process' },
      },
    );
    const html = join(folder, 'out', 'report.html');
    yield row(`${what}: report.html`, [statSync(html).size / 1e6], {
      unit: 'MB',
      most: 3,
      detail: 'one file',
    });
    const path = process.env.QUERYBENCH_CHROMIUM ?? '/usr/bin/chromium';
    if (!existsSync(path)) {
      yield {
        what: 'report.html ready in Chromium',
        skipped: 'no Chromium on this machine',
        goal: { most: 1 },
      };
      return;
    }
    const { ready, drawn } = await timedPage(html, path, repetitions);
    yield row('report.html ready in Chromium', ready, {
      ...{
        unit: 's',
        most: 1,
        detail: 'from the request of the file until tables sort, legends and cursors answer',
      },
    });
    yield row('its first chart, drawn by Vega', drawn, {
      ...{ unit: 's', most: 1, detail: 'from the moment it is scrolled to until it answers a pointer' },
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function row(what, values, { unit, most, detail }) {
  const value = median(values);
  const range = [Math.min(...values), Math.max(...values)];
  return { what, unit, value, range, repetitions: values.length, goal: { most }, met: value <= most, detail };
}

function timedReport(folder) {
  const args = [
    '--import',
    tellMemory,
    'dist/cli/main.js',
    'report',
    join(folder, 'store'),
    '--out',
    join(folder, 'out'),
  ];
  const start = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const seconds = (performance.now() - start) / 1000;
  if (status !== 0) throw new Error(`querybench report ended with ${status}: ${stderr}`);
  return { seconds, bytes: Number(/maxRSS (\d+)/.exec(stderr)?.[1]) * 1024 };
}

async function timedPage(html, executablePath, repetitions) {
  const { chromium } = await import('playwright-core');
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
  const [ready, drawn] = [[], []];
  try {
    for (let i = 0; i < repetitions; i++) {
      const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
      await page.goto(pathToFileURL(html).href, { waitUntil: 'commit' });
      await page.waitForSelector('html[data-ready]');
      ready.push(await page.evaluate(() => Number(document.documentElement.dataset.ready) / 1000));
      const took = await page.evaluate(async () => {
        const plot = document.querySelector('.plot');
        const start = performance.now();
        plot.scrollIntoView({ behavior: 'instant' });
        while (plot.dataset.live === undefined) await new Promise((resolve) => setTimeout(resolve, 5));
        return performance.now() - start;
      });
      drawn.push(took / 1000);
      await page.close();
    }
  } finally {
    await browser.close();
  }
  return { ready, drawn };
}
