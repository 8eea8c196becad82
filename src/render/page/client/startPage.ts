/** Runs in the page, as text: tables that sort, legends that isolate, and charts that are drawn when they are near. */
/// <reference lib="dom" />
import type { DrawnChart, Page, Vega } from './liveCharts.ts';

declare function drawChart(vega: Vega, plot: HTMLElement, page: Page): Promise<void>;
declare function addCursor(chart: DrawnChart, page: Page): void;
declare function fitWidth(view: DrawnChart['view'], plot: HTMLElement): void;

function startPage(vega: Vega): void {
  const page: Page = {
    charts: new Map(),
    isolated: new Set(),
    scheme: matchMedia('(prefers-color-scheme: dark)'),
  };
  for (const table of document.querySelectorAll<HTMLTableElement>('table.sortable')) makeSortable(table);
  for (const legend of document.querySelectorAll<HTMLElement>('.legend')) makeIsolating(legend, page);
  const draw = async (plot: HTMLElement): Promise<void> => {
    await drawChart(vega, plot, page);
    const chart = page.charts.get(plot);
    if (chart) addCursor(chart, page);
  };
  const near = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        if (!isIntersecting) continue;
        near.unobserve(target);
        void draw(target as HTMLElement);
      }
    },
    { rootMargin: '300px' },
  );
  for (const plot of document.querySelectorAll('.plot')) near.observe(plot);
  const refit = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      const chart = page.charts.get(target as HTMLElement);
      if (!chart?.live.cursor || chart.plot.dataset.live === undefined) continue;
      fitWidth(chart.view, chart.plot);
      void chart.view.runAsync();
    }
  });
  for (const plot of document.querySelectorAll('.plot')) refit.observe(plot);
  const paint = (isDark: boolean): void => {
    for (const { view } of page.charts.values()) void view.signal('dark', isDark).runAsync();
  };
  page.scheme.addEventListener('change', () => paint(page.scheme.matches));
  window.addEventListener('beforeprint', () => paint(false));
  window.addEventListener('afterprint', () => paint(page.scheme.matches));
  document.documentElement.dataset.ready = String(Math.round(performance.now()));
}

/** One tab stop; the arrow keys go from strategy to strategy. */
function makeIsolating(legend: HTMLElement, page: Page): void {
  const chips = [...legend.querySelectorAll<HTMLButtonElement>('button')];
  chips.forEach((chip, i) => {
    chip.tabIndex = i === 0 ? 0 : -1;
    chip.addEventListener('click', () => {
      const name = chip.dataset.strategy ?? '';
      if (!page.isolated.delete(name)) page.isolated.add(name);
      isolate(page);
    });
    chip.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') {
        page.isolated.clear();
        isolate(page);
      }
      const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
      if (step === undefined) return;
      event.preventDefault();
      const next = chips[(i + step + chips.length) % chips.length];
      for (const each of chips) each.tabIndex = each === next ? 0 : -1;
      next?.focus();
    });
  });
}

/** In every chart of the page at once. */
function isolate({ charts, isolated }: Page): void {
  for (const chip of document.querySelectorAll<HTMLElement>('.legend button')) {
    const isChosen = isolated.has(chip.dataset.strategy ?? '');
    chip.setAttribute('aria-pressed', String(isChosen));
    chip.classList.toggle('faded', isolated.size > 0 && !isChosen);
  }
  for (const { view } of charts.values()) {
    void view.signal('isolated', isolated.size === 0 ? null : [...isolated]).runAsync();
  }
}

/** By the buttons in its header; rows stay within their body, and those without a value come last either way. */
function makeSortable(table: HTMLTableElement): void {
  const headers = [...table.querySelectorAll<HTMLTableCellElement>('th[data-column]')];
  for (const header of headers) {
    header.querySelector('button')?.addEventListener('click', () => {
      const before = header.getAttribute('aria-sort');
      const first = header.dataset.first ?? 'descending';
      const other = first === 'descending' ? 'ascending' : 'descending';
      const order = before === first ? other : first;
      for (const each of headers) each.removeAttribute('aria-sort');
      header.setAttribute('aria-sort', order);
      for (const body of table.tBodies)
        sortRows(body, Number(header.dataset.column), order === 'ascending' ? 1 : -1);
    });
  }
}

function sortRows(body: HTMLTableSectionElement, column: number, sign: number): void {
  const sortKey = (row: HTMLTableRowElement): string => row.cells[column]?.dataset.value ?? '';
  const compare = (a: string, b: string): number => {
    if (a === '' || b === '') return Number(a === '') - Number(b === '');
    const difference = Number(a) - Number(b);
    return sign * (Number.isNaN(difference) ? a.localeCompare(b, 'en', { numeric: true }) : difference);
  };
  const rows = [...body.rows].sort((a, b) => compare(sortKey(a), sortKey(b)));
  body.append(...rows);
}

export const startPageFunctions = [startPage, makeIsolating, isolate, makeSortable, sortRows];
