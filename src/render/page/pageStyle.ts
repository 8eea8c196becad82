/** The style sheet of report.html: light and dark, wide and narrow, screen and paper. */
import { pageColors } from './pageColors.ts';

export const pageStyle = `
${pageColors}* { box-sizing: border-box; }
html { scroll-behavior: smooth; -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.6 var(--sans); }
header, main, footer { max-width: 76rem; margin: 0 auto; padding: 0 2rem; }
header { padding-top: 3.2rem; }
footer { padding-top: 2rem; padding-bottom: 4rem; font-size: .85rem; }
.skip { position: absolute; left: -99rem; }
.skip:focus { left: 1rem; top: 1rem; background: var(--card); padding: .5rem .8rem; z-index: 9; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 3px; }
h1 { font: 600 2.5rem/1.15 var(--serif); letter-spacing: -.015em; margin: .1rem 0 .5rem; overflow-wrap: anywhere; }
h2 { font: 600 1.55rem/1.25 var(--serif); letter-spacing: -.01em; margin: 3.6rem 0 .6rem; }
h3 { font: 600 1.12rem/1.35 var(--sans); margin: 2.4rem 0 .2rem; }
p { margin: .35rem 0 .7rem; max-width: 46rem; }
a { color: var(--accent); text-underline-offset: .2em; text-decoration-thickness: 1px; }
.eyebrow { font-size: .76rem; letter-spacing: .11em; text-transform: uppercase; color: var(--soft); margin: 0; }
.question { font: 1.22rem/1.5 var(--serif); color: var(--ink); max-width: 44rem; }
.scope, .soft { color: var(--soft); }
.terms { display: grid; grid-template-columns: repeat(auto-fill, minmax(13rem, 1fr)); gap: .7rem 2rem; margin: 1.6rem 0 1.2rem; padding: 1.1rem 0 0; border-top: 1px solid var(--rule); }
.terms > div:has(dd) { min-width: 0; }
.terms dt { font-size: .76rem; color: var(--soft); }
.terms dd { margin: 0; font-size: .92rem; line-height: 1.45; overflow-wrap: anywhere; }
#environment + .terms { grid-template-columns: max-content 1fr; gap: .3rem 1.6rem; border: 0; padding: 0; margin-top: .4rem; }
nav ul { list-style: none; display: flex; flex-wrap: wrap; gap: .2rem 1.3rem; margin: 0; padding: .8rem 0; border-top: 1px solid var(--rule); border-bottom: 1px solid var(--rule); font-size: .9rem; }
nav a { text-decoration: none; }
nav a:hover { text-decoration: underline; }
.answer p { font: 1.28rem/1.55 var(--serif); max-width: 48rem; margin: .2rem 0 1rem; }
.answer h2 { margin-top: 2.6rem; }
.each { margin: .6rem 0 0; max-width: 52rem; }
.each dt { font-weight: 600; margin-top: .8rem; }
.each dd { margin: 0; }
.cautions { background: var(--caution); border-left: 4px solid var(--caution-rule); border-radius: 0 8px 8px 0; padding: 1rem 1.4rem .7rem; margin: 2rem 0 0; }
.cautions h2 { font: 600 1rem/1.4 var(--sans); letter-spacing: 0; margin: 0 0 .3rem; }
.cautions ul { margin: 0; padding-left: 1.1rem; font-size: .93rem; }
.cautions li { margin: .25rem 0; max-width: 62rem; }
.card { background: var(--card); border: 1px solid var(--rule); border-radius: 10px; padding: 1.1rem 1.3rem; margin: 0; }
.scroll { overflow-x: auto; margin: 1.2rem 0 1.8rem; background: linear-gradient(to left, transparent, transparent), linear-gradient(to left, light-dark(rgb(0 0 0 / .1), rgb(255 255 255 / .12)), transparent) right / 14px 100% no-repeat; background-attachment: local, scroll; }
table { border-collapse: collapse; font-size: .82rem; line-height: 1.35; font-variant-numeric: tabular-nums lining-nums; }
.ranking { min-width: 100%; }
caption { text-align: left; font-weight: 600; font-size: .98rem; padding: 0 0 .5rem; white-space: nowrap; }
caption .soft { font-weight: 400; }
th, td { padding: .38rem .5rem; white-space: nowrap; text-align: right; border-bottom: 1px solid var(--hair); }
thead th { color: var(--soft); font-weight: 500; vertical-align: bottom; }
thead tr:last-child > * { border-bottom: 1px solid var(--rule); }
thead th[scope=colgroup] { text-align: left; font-size: .74rem; padding-bottom: .1rem; border-bottom: 0; border-left: 1px solid var(--hair); }
thead tr:first-child td { border-bottom: 0; }
tbody th, thead th:first-child { text-align: left; }
tbody th { font-weight: 600; position: sticky; left: 0; background: var(--ground); }
tbody tr:hover > * { background: var(--wash); }
.baseline > * { color: var(--soft); }
.baseline b { font-weight: 500; }
.bounds th { font-style: italic; }
.bounds tr:first-child > * { border-top: 2px solid var(--rule); }
th button { all: unset; cursor: pointer; color: inherit; white-space: nowrap; }
th button:hover { color: var(--ink); }
th button:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
th[aria-sort] button { color: var(--ink); font-weight: 600; }
th[aria-sort] button::after { content: " ↓"; }
th[aria-sort=ascending] button::after { content: " ↑"; }
.better { color: var(--good); font-weight: 600; }
.worse { color: var(--bad); font-weight: 600; }
.undecided { color: var(--soft); }
.badge { font-size: .72rem; font-weight: 500; font-style: normal; color: var(--soft); border: 1px solid var(--rule); border-radius: 9px; padding: .05rem .45rem; margin-left: .35rem; }
.swatch { vertical-align: middle; margin-right: .5rem; }
.mark { vertical-align: middle; margin-right: .6rem; }
.zero { stroke: var(--rule); stroke-width: 1; }
.charts { display: flex; flex-wrap: wrap; gap: 1.2rem; margin: 1rem 0 0; }
.chart { flex: 0 1 auto; max-width: 100%; min-width: min(22rem, 100%); }
.chart:not(.wide) figcaption { contain: inline-size; }
.chart.wide { flex: 1 1 100%; }
figcaption strong { font-weight: 600; margin-right: .7rem; }
figcaption .soft { font-size: .86rem; }
.legend { display: flex; flex-wrap: wrap; gap: .15rem .2rem; margin: .6rem 0 0 -.45rem; }
.legend button { all: unset; cursor: pointer; font-size: .84rem; line-height: 1.3; padding: .2rem .5rem; border-radius: 6px; white-space: nowrap; }
.legend button:hover { background: var(--wash); }
.legend button:focus-visible { outline: 2px solid var(--accent); }
.legend [aria-pressed=true] { background: var(--wash); font-weight: 600; }
.legend .faded { color: var(--soft); }
.legend .faded svg { opacity: .3; }
.chart:not(.wide) .tools { display: none; }
.tools { min-height: 1.5rem; display: flex; gap: 1rem; align-items: center; font-size: .8rem; color: var(--soft); }
.tools .help { visibility: hidden; }
.chart:hover .help, .chart:focus-within .help { visibility: visible; }
.reset { font: inherit; color: var(--accent); background: none; border: 1px solid var(--rule); border-radius: 6px; padding: .05rem .6rem; cursor: pointer; }
.plot { position: relative; touch-action: pan-y; }
.plot > svg { display: block; max-width: 100%; height: auto; }
.wide .plot > svg { width: 100%; }
.wide .plot[data-live] { cursor: crosshair; user-select: none; }
.canvas svg { display: block; }
.canvas { overflow-x: auto; }
.wide .canvas { overflow: hidden; }
.plot text { font-family: var(--sans) !important; }
.line { position: absolute; top: 8px; bottom: 3.2rem; width: 0; border-left: 1px solid var(--soft); pointer-events: none; }
.band { position: absolute; top: 8px; bottom: 3.2rem; background: var(--accent); opacity: .12; pointer-events: none; }
.tip { position: absolute; z-index: 5; pointer-events: none; background: var(--card); border: 1px solid var(--rule); border-radius: 8px; box-shadow: 0 6px 24px rgb(0 0 0 / .14); padding: .55rem .75rem; font-size: .8rem; }
.tip table { font-size: .8rem; margin-top: .2rem; }
.tip td { border: 0; padding: .06rem .35rem; text-align: left; }
.tip td:nth-child(n+3) { text-align: right; }
.tip td:nth-child(4) { color: var(--soft); }
.spoken { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
[hidden] { display: none !important; }
details { margin: .5rem 0; }
summary { cursor: pointer; padding: .25rem 0; }
details table caption { font-weight: 500; font-size: .88rem; }
.notes { font-size: .86rem; color: var(--soft); padding-left: 1.1rem; }
pre { font: .82rem/1.55 var(--mono); white-space: pre-wrap; overflow-wrap: anywhere; max-height: 28rem; overflow: auto; }
@media (max-width: 48rem) {
  header, main, footer { padding-left: 1.1rem; padding-right: 1.1rem; }
  header { padding-top: 1.8rem; }
  h1 { font-size: 1.9rem; }
  h2 { margin-top: 2.6rem; }
  .answer p { font-size: 1.12rem; }
  .question { font-size: 1.08rem; }
  .terms { grid-template-columns: 1fr 1fr; gap: .6rem 1.2rem; }
  #environment + .terms { grid-template-columns: 1fr; gap: 0; }
  #environment + .terms dd { margin-bottom: .5rem; }
  .card { padding: .8rem .9rem; }
  .help { display: none; }
  .tip { font-size: .74rem; max-width: 16rem; }
}
@page { margin: 13mm 12mm; }
@media print {
  :root { color-scheme: light; --ground: #fff; --card: #fff; --ink: #000; --soft: #444; --wash: #fff; --caution: #fff; }
  body { font-size: 9.5pt; line-height: 1.45; }
  header, main, footer { max-width: none; padding: 0; }
  header { padding-top: 0; }
  h1 { font-size: 22pt; }
  h2 { font-size: 15pt; margin-top: 1.4rem; break-after: avoid; }
  h3 { break-after: avoid; margin-top: 1.1rem; }
  h3 + p { break-after: avoid; }
  nav, .tools, .skip, .tip, .line { display: none !important; }
  .answer p { font-size: 12pt; }
  .card { border: 0; padding: 0; }
  .chart, .cautions, tr, dl.terms > div { break-inside: avoid; }
  .charts { display: block; }
  .chart { margin-bottom: 1.2rem; }
  p { break-inside: avoid; }
  .scroll, .canvas { overflow: visible; }
  table { font-size: 5.9pt; }
  th, td { padding: .14rem .2rem; }
  caption { font-size: 9pt; }
  .mark { width: 44px; height: 9px; margin-right: .2rem; }
  .swatch { width: 14px; margin-right: .2rem; }
  .plot > svg, .canvas svg { max-width: 100%; height: auto; max-height: 200mm; }
  .wide .plot > svg, .wide .canvas svg { width: 100%; }
  table { break-inside: avoid; }
  section[aria-labelledby=cells], .answer > details:not([open]) { display: none; }
  tbody th { position: static; }
  pre { max-height: none; font-size: 7pt; }
  summary { list-style: none; }
}
`;
