/** The pages before anything is known: what stands still in them. Their modules fill in the rest. */
import { escapeHtml } from '../render/escapeHtml.ts';

interface Page {
  readonly title: string;
  readonly script?: string;
  /** For the module. */
  readonly run?: string;
  readonly header: string;
  readonly main: string;
}

export interface RunPageOptions {
  /** There is no list to go back to. */
  readonly isAlone: boolean;
}

export function runPage(id: string, { isAlone }: RunPageOptions): string {
  const report = `/report/${id.split('/').map(encodeURIComponent).join('/')}`;
  const fact = (term: string, id: string, note = '') =>
    `<div><dt>${term}</dt><dd><span id="${id}">–</span> <span class="soft"${note && ` id="${note}"`}></span></dd></div>`;
  return page({
    title: id,
    script: 'runPage.js',
    run: id,
    header: `<p class="eyebrow">${isAlone ? 'querybench' : '<a href="/">All results</a>'}</p>
<h1 id="name">${escapeHtml(id)}</h1>
<p><span id="state" class="pill">Connecting</span> <span id="connection" role="status" class="trouble"></span></p>`,
    main: `<section aria-label="Progress">
<div id="bar" role="progressbar" aria-label="Progress" aria-valuemin="0" aria-valuemax="100" aria-valuenow="0">
<span class="finished"></span><span class="failed"></span><span class="running"></span><span class="waiting"></span>
</div>
<dl class="facts">
${fact('Finished', 'finished', 'planned')}
${fact('Running', 'running-count')}
${fact('Failed', 'failed-count')}
${fact('Left', 'left', 'paused')}
${fact('Time left', 'time-left', 'percent')}
${fact('Rounds per minute', 'pace', 'rounds')}
</dl>
<p class="soft" id="reading" role="status"></p>
<p id="again" class="soft" hidden>Continue with <code id="command"></code></p>
<p class="actions"><a class="button" id="open-report" href="${escapeHtml(report)}" hidden>Open the report</a>
<button type="button" id="make-report" hidden>Make the report</button>
<button type="button" id="stop" class="quiet" hidden>Stop the run</button>
<span id="trouble" role="alert" class="trouble"></span></p>
</section>
<section id="curves" aria-labelledby="curves-title" hidden>
<h2 id="curves-title">Learning curves</h2>
<p class="soft"><span id="y-title"></span> Lines are thin where not all seeds that have begun have got to yet; dots are at work. With up to three strategies pressed, their 95 % intervals show.</p>
<div id="legend" role="group" aria-label="Strategies: those pressed are shown alone"></div>
<div id="charts" class="charts"></div>
</section>
<section id="running" aria-labelledby="running-title" hidden>
<h2 id="running-title">At work</h2>
<div class="scroll"><table>
<thead><tr><th scope="col">Strategy</th><th scope="col">Setting</th><th scope="col" class="right">Seed</th><th scope="col" class="right">Round</th><td></td><th scope="col" class="right">Accuracy</th></tr></thead>
<tbody id="running-rows"></tbody></table></div>
</section>
<section id="failed" aria-labelledby="failed-title" hidden>
<h2 id="failed-title">Failed</h2>
<div class="scroll"><table>
<thead><tr><th scope="col">Strategy</th><th scope="col">Setting</th><th scope="col" class="right">Seed</th><th scope="col">Reason</th></tr></thead>
<tbody id="failed-rows"></tbody></table></div>
<p class="soft" id="more-failed"></p>
</section>
<details><summary>All in figures</summary>
<div class="scroll"><table>
<thead><tr><th scope="col">Strategy</th><th scope="col">Setting</th><th scope="col" class="right">Finished</th><th scope="col" class="right">Running</th><th scope="col" class="right">Failed</th><th scope="col" class="right">At</th><th scope="col" class="right">Mean accuracy there</th><th scope="col" class="right">Seeds there</th></tr></thead>
<tbody id="cell-rows"></tbody></table></div>
</details>`,
  });
}

export function listPage(title: string): string {
  return page({
    title: `${title} · querybench`,
    script: 'listPage.js',
    header: `<p class="eyebrow">querybench</p>
<h1>${escapeHtml(title)}</h1>
<p class="soft"><span id="count"></span> <span id="connection" role="status" class="trouble"></span></p>`,
    main: `<div class="scroll"><table class="list">
<thead><tr><th scope="col">Experiment</th><th scope="col">State</th><th scope="col">Progress</th><th scope="col" class="right">Finished</th><th scope="col" class="right">Failed</th><th scope="col">Last change</th><th scope="col">Report</th></tr></thead>
<tbody id="runs"></tbody></table></div>
<p id="none" class="soft" hidden>Nothing is here yet: querybench run writes results.</p>`,
  });
}

export function missingPage(): string {
  return page({
    title: 'Not here · querybench',
    header: '<p class="eyebrow">querybench</p><h1>Not here</h1>',
    main: '<p>There is nothing at this address. <a href="/">To what there is</a>.</p>',
  });
}

function page({ title, script, run = '', header, main }: Page): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/assets/style.css">
${script === undefined ? '' : `<script type="module" src="/assets/${script}"></script>\n`}</head>
<body id="page" data-run="${escapeHtml(run)}">
<header>
${header}
</header>
<main>
${script === undefined ? '' : '<noscript><p>This page shows what happens by its script, which your browser does not run.</p></noscript>\n'}${main}
</main>
</body>
</html>
`;
}
