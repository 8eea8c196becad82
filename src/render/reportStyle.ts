/** The style sheet of report.html: light and dark, screen and paper. Charts keep a light card, as they are drawn for it. */
export const reportStyle = `
:root {
  color-scheme: light dark;
  --ground: #f6f6f4; --card: #ffffff; --ink: #1f2328; --soft: #5d646d; --rule: #dcdedf; --rule-soft: #ececea;
  --caution: #fff6e0; --caution-rule: #e0a100; --chart: #ffffff;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #15171a; --card: #1d2024; --ink: #e6e8ea; --soft: #9aa2ab; --rule: #363b41; --rule-soft: #2a2e33;
    --caution: #2e2715; --caution-rule: #b98a1a; --chart: #ffffff;
  }
  .swatch, .mark { filter: brightness(1.4); }
}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--ground); color: var(--ink);
  font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "DejaVu Sans", sans-serif;
}
main { max-width: 64rem; margin: 0 auto; padding: 2.5rem 1.5rem 4rem; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 .4rem; letter-spacing: -.01em; }
h2 { font-size: 1.2rem; margin: 2.6rem 0 .8rem; }
p { margin: .4rem 0; max-width: 46rem; }
.soft, .notes { color: var(--soft); }
.notes { font-size: .85rem; padding-left: 1.1rem; margin: .8rem 0 0; max-width: 52rem; }
.notes li { margin: .2rem 0; }
.card { background: var(--card); border: 1px solid var(--rule); border-radius: 10px; padding: 1rem 1.2rem; margin: 0 0 1.2rem; }
.cautions { background: var(--caution); border: 1px solid var(--caution-rule); border-left-width: 5px; }
.cautions ul { margin: .3rem 0; padding-left: 1.2rem; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-size: .9rem; font-variant-numeric: tabular-nums; min-width: 100%; }
th, td { padding: .36rem .7rem; white-space: nowrap; border-bottom: 1px solid var(--rule-soft); text-align: left; }
th:first-child, td:first-child { padding-left: .2rem; }
th { font-weight: 600; color: var(--soft); border-bottom: 1px solid var(--rule); vertical-align: bottom; }
tbody:last-child tr:last-child td { border-bottom: 0; }
th.group { color: var(--ink); padding-top: 1rem; }
tbody:first-of-type th.group { padding-top: .6rem; }
.right { text-align: right; }
.swatch { display: inline-block; vertical-align: middle; margin-right: .5rem; }
.mark { display: inline-block; vertical-align: middle; }
.chart { background: var(--chart); padding: .4rem; margin: 0 0 1.2rem; }
.overlap svg { display: block; width: auto; max-width: 100%; height: auto; margin: 0 auto; }
.curves svg { display: block; width: 100%; height: auto; max-width: 960px; margin: 0 auto; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1.2rem; margin: 0; font-size: .9rem; }
dt { color: var(--soft); }
dd { margin: 0; overflow-wrap: anywhere; }
code, pre { font: .88em/1.5 ui-monospace, "SF Mono", Consolas, "DejaVu Sans Mono", monospace; }
pre { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; }
@page { margin: 14mm; }
@media print {
  :root { --ground: #fff; --card: #fff; --ink: #000; --soft: #444; --rule: #bbb; --rule-soft: #ddd; --caution: #fff; --chart: #fff; }
  main { max-width: none; padding: 0 1px; }
  body { font-size: 10pt; }
  .card { border-radius: 0; }
  .chart, .cautions, tr { break-inside: avoid; }
  .scroll { overflow: visible; }
  table { font-size: 8pt; }
  th, td { padding: .2rem .35rem; }
  h2 { break-after: avoid; }
}
`;
