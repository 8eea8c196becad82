/** Runs in the page of one run: keeps what the server has said, and shows it. */
/// <reference lib="dom" />
import type { LiveCell, RunSnapshot, RunUpdate } from '../messages.ts';
import { connect } from './connect.ts';
import { type CurveChart, curveChart } from './curveChart.ts';
import { byId, setAttributes, setText } from './element.ts';
import { type Legend, legend } from './legend.ts';
import { setUpActions, showStatus } from './progress.ts';
import { type Naming, showCells, showFailed, showRunning } from './tables.ts';
import { takeToken } from './token.ts';

interface Shown {
  readonly naming: Naming;
  readonly charts: ReadonlyMap<string, CurveChart>;
  readonly cells: Map<string, LiveCell>;
  readonly legend: Legend;
}

const path = (byId('page').dataset.run ?? '').split('/').map(encodeURIComponent).join('/');
let shown: Shown | undefined;
/** What the charts on the page were built from; one that is the same keeps them. */
let builtFrom = '';

const keyOf = ({ group, strategy }: LiveCell): string => JSON.stringify([group, strategy]);

function build(snapshot: RunSnapshot): Shown {
  const { groups, styles, xTitle, yTitle } = snapshot;
  const cells = new Map(snapshot.cells.map((cell) => [keyOf(cell), cell]));
  const plan = JSON.stringify([groups, styles, xTitle, yTitle]);
  if (shown !== undefined && plan === builtFrom) return { ...shown, cells };
  builtFrom = plan;
  const charts = new Map(groups.map((group) => [group.id, curveChart(group, styles, { xTitle, yTitle })]));
  byId('charts').replaceChildren(...[...charts.values()].map(({ figure }) => figure));
  setAttributes(byId('charts'), { class: charts.size > 1 ? 'charts several' : 'charts' });
  setText(byId('y-title'), `Mean ${yTitle} over the seeds so far, by ${xTitle}.`);
  const naming = { groups: new Map(groups.map((group) => [group.id, group])), styles };
  return { naming, charts, cells, legend: legend(styles, () => drawGroups(), shown?.legend) };
}

/** @param ids of groups; left out: all */
function drawGroups(ids?: ReadonlySet<string>): void {
  if (shown === undefined) return;
  for (const [id, chart] of shown.charts) {
    if (ids !== undefined && !ids.has(id)) continue;
    const cells = [...shown.cells.values()].filter(({ group }) => group === id);
    chart.update(cells, shown.legend.isolated);
  }
}

function receive(message: RunSnapshot | RunUpdate): void {
  showStatus(message.status);
  if (message.kind === 'snapshot') {
    shown = build(message);
    drawGroups();
  } else if (shown !== undefined) {
    for (const cell of message.cells) shown.cells.set(keyOf(cell), cell);
    drawGroups(new Set(message.cells.map(({ group }) => group)));
  }
  if (shown === undefined) return;
  byId('curves').hidden = shown.charts.size === 0;
  showRunning(message.running, shown.naming);
  showFailed(message.failed, message.status.counts.failed, shown.naming);
  showCells([...shown.cells.values()], shown.naming);
  document.documentElement.dataset.ready = 'true';
}

takeToken();
setUpActions(path);
connect<RunSnapshot | RunUpdate>(`/events/${path}`, receive, (state) => {
  document.documentElement.dataset.connection = state;
  setText(byId('connection'), state === 'open' ? '' : 'Connection lost. Trying again …');
});
