/** The style sheet of the live pages: the report's colours and type, for both schemes. */
import { pageColors } from '../render/page/pageColors.ts';

export const livePageStyle = `
${pageColors}:root { --busy: light-dark(#56a5d6, #4784b5); }
* { box-sizing: border-box; }
[hidden] { display: none !important; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.6 var(--sans); }
header, main { max-width: 76rem; margin: 0 auto; padding: 0 2rem; }
header { padding-top: 2.6rem; }
main { padding-bottom: 4rem; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 3px; }
h1 { font: 600 2.5rem/1.15 var(--serif); letter-spacing: -.015em; margin: .1rem 0 .5rem; overflow-wrap: anywhere; }
h2 { font: 600 1.55rem/1.25 var(--serif); letter-spacing: -.01em; margin: 2.8rem 0 .5rem; }
p { margin: .35rem 0 .7rem; max-width: 50rem; }
a { color: var(--accent); text-underline-offset: .2em; text-decoration-thickness: 1px; }
.eyebrow { font-size: .76rem; letter-spacing: .11em; text-transform: uppercase; color: var(--soft); margin: 0; }
code { font: .88em/1.5 var(--mono); color: var(--ink); overflow-wrap: anywhere; }
.soft { color: var(--soft); }
.bad, .trouble { color: var(--bad); }
.spoken { position: absolute; width: 1px; height: 1px; margin: 0; overflow: hidden; clip-path: inset(50%); }
.pill { display: inline-flex; align-items: center; gap: .45rem; font-size: .8rem; line-height: 1.3; border: 1px solid var(--rule); border-radius: 1rem; padding: .12rem .7rem; color: var(--soft); white-space: nowrap; }
.pill::before { content: ""; width: .5rem; height: .5rem; border-radius: 50%; background: var(--soft); }
.pill[data-state=running] { color: var(--accent); border-color: currentColor; }
.pill[data-state=running]::before { background: currentColor; animation: breathe 2s ease-in-out infinite; }
.pill[data-state=complete] { color: var(--good); border-color: currentColor; }
.pill[data-state=complete]::before { background: currentColor; }
.pill[data-state=stopped], .pill[data-state=unreadable] { color: var(--bad); border-color: currentColor; }
.pill[data-state=stopped]::before, .pill[data-state=unreadable]::before { background: currentColor; }
[data-connection=lost] main { opacity: .55; }
#bar { display: flex; gap: 2px; height: .75rem; margin: 1.4rem 0 0; border-radius: .4rem; overflow: hidden; background: var(--ground); }
#bar span { flex: 0 1 0; min-width: 0; transition: flex-grow .5s; }
#bar .finished { background: var(--good); }
#bar .failed { background: var(--bad); }
#bar .running { background: var(--busy); }
#bar .waiting { background: var(--rule); }
.facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr)); gap: .8rem 1.6rem; margin: 1.2rem 0 .4rem; font-variant-numeric: tabular-nums lining-nums; }
.facts dt { font-size: .78rem; color: var(--soft); }
.facts dd { margin: 0; font: 600 1.6rem/1.25 var(--sans); letter-spacing: -.01em; white-space: nowrap; }
.facts .soft { display: block; min-height: 1.4em; font: .82rem/1.4 var(--sans); letter-spacing: 0; }
.facts .bad { color: var(--bad); }
#reading:empty, #more-failed:empty { display: none; }
.actions { display: flex; flex-wrap: wrap; gap: .7rem; align-items: center; margin: .4rem 0 0; max-width: none; }
.button, .actions button { font: 500 .9rem/1.3 var(--sans); color: var(--accent); background: var(--card); border: 1px solid var(--rule); border-radius: 8px; padding: .42rem .95rem; cursor: pointer; text-decoration: none; }
.button:hover, .actions button:hover:enabled { background: var(--wash); }
.actions button.quiet { color: var(--bad); }
.actions button:disabled { color: var(--soft); cursor: default; }
#legend { display: flex; flex-wrap: wrap; gap: .15rem .2rem; margin: .6rem 0 .9rem -.5rem; }
#legend button { all: unset; cursor: pointer; font-size: .86rem; line-height: 1.3; padding: .24rem .55rem; border-radius: 6px; white-space: nowrap; }
#legend button:hover { background: var(--wash); }
#legend button:focus-visible { outline: 2px solid var(--accent); outline-offset: -1px; }
#legend [aria-pressed=true] { background: var(--wash); font-weight: 600; }
#legend .faded { color: var(--soft); }
#legend .faded svg { opacity: .35; }
.swatch { vertical-align: middle; margin-right: .5rem; }
.charts { display: grid; grid-template-columns: minmax(0, 1fr); gap: 1.2rem; }
.charts.several { grid-template-columns: repeat(auto-fit, minmax(min(100%, 30rem), 1fr)); }
.card { background: var(--card); border: 1px solid var(--rule); border-radius: 10px; padding: 1rem 1.2rem; margin: 0; min-width: 0; }
figcaption { margin-bottom: .3rem; }
figcaption strong { font-weight: 600; margin-right: .6rem; }
figcaption .soft { font-size: .84rem; white-space: nowrap; }
.plot { position: relative; cursor: crosshair; touch-action: pan-y; }
.plot svg { display: block; max-width: 100%; }
.plot text { font: 12px var(--sans); fill: var(--soft); font-variant-numeric: tabular-nums; }
.plot .title { font-size: 12.5px; }
.grid line { stroke: var(--hair); }
.axis line { stroke: var(--rule); }
.curve .full, .curve .sparse { fill: none; stroke-width: 2.2; stroke-linejoin: round; stroke-linecap: butt; }
.curve .sparse { stroke-width: 1.4; opacity: .55; }
.curve .band { stroke: none; opacity: .13; }
.curve.faded { opacity: .09; }
.head.running { animation: breathe 2s ease-in-out infinite; }
.line { position: absolute; width: 0; border-left: 1px solid var(--soft); pointer-events: none; }
.tip { position: absolute; top: 6px; z-index: 5; pointer-events: none; background: var(--card); border: 1px solid var(--rule); border-radius: 8px; box-shadow: 0 6px 24px rgb(0 0 0 / .14); padding: .5rem .75rem; font-size: .8rem; white-space: nowrap; }
.tip table { font-size: .8rem; margin-top: .15rem; }
.tip td { border: 0; padding: .04rem .35rem; }
.tip td:nth-child(n+3) { text-align: right; }
.scroll { overflow-x: auto; margin: .8rem 0; }
table { border-collapse: collapse; font-size: .86rem; line-height: 1.4; font-variant-numeric: tabular-nums lining-nums; min-width: 100%; }
.tip table { min-width: 0; }
th, td { padding: .42rem .8rem; white-space: nowrap; text-align: left; border-bottom: 1px solid var(--hair); }
th:first-child, td:first-child { padding-left: 0; }
thead > tr > * { color: var(--soft); font-weight: 500; border-bottom: 1px solid var(--rule); }
tbody th { font-weight: 600; }
tbody th .soft { font-weight: 400; margin-left: .4rem; }
.list { font-size: .95rem; }
.right { text-align: right; }
.reason { white-space: normal; min-width: 18rem; overflow-wrap: anywhere; }
progress { width: 8rem; height: .5rem; vertical-align: middle; border: 0; border-radius: .25rem; overflow: hidden; background: var(--rule); accent-color: var(--busy); }
progress::-webkit-progress-bar { background: var(--rule); }
progress::-webkit-progress-value { background: var(--busy); transition: width .4s; }
progress::-moz-progress-bar { background: var(--busy); }
details { margin: 2.4rem 0 0; }
summary { cursor: pointer; padding: .25rem 0; }
@keyframes breathe { 50% { opacity: .35; } }
@media (prefers-reduced-motion: reduce) {
  *, ::before { animation: none !important; transition: none !important; }
}
@media (max-width: 48rem) {
  header, main { padding-left: 1.1rem; padding-right: 1.1rem; }
  header { padding-top: 1.5rem; }
  h1 { font-size: 1.9rem; }
  .facts { grid-template-columns: repeat(2, 1fr); }
  .card { padding: .8rem .8rem; }
}
@media print {
  :root { color-scheme: light; --ground: #fff; }
  .actions, .tip, .line, #connection { display: none !important; }
  .card, tr { break-inside: avoid; }
}
`;
