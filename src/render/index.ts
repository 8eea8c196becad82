/** From records and numbers to things to look at. Nothing here loads Vega or resvg before it draws. */
export { type ChartDrawer, startChartDrawer } from './chartDrawer.ts';
export { besideCharts } from './charts/besideChart.ts';
export {
  type ChartEntry,
  type ChartFilter,
  type ChartInput,
  type ChartName,
  type ChartOptions,
  chartDatasets,
  chartInput,
  charts,
  filterTrials,
  groupCurves,
  type NamedChart,
  type PublishedPoint,
  type Scheme,
} from './charts/index.ts';
export { type PrecisionRecallOptions, precisionRecallChart } from './comparison/precisionRecallChart.ts';
export { renderComparisonJson } from './comparison/renderComparisonJson.ts';
export { renderComparisonText } from './comparison/renderComparisonText.ts';
export { csvText } from './csvText.ts';
export { type PageScript, pageScript } from './page/pageScript.ts';
export { type ReportPage, renderPage } from './page/renderPage.ts';
export type { ReportSource } from './page/setup.ts';
export { type Compared, renderBesideCsv, renderBesideMarkdown } from './renderBeside.ts';
export { renderCsv, renderSelectionsCsv } from './renderCsv.ts';
export { type DiffNames, renderDiffJson, renderDiffText } from './renderDiff.ts';
export { type MarkdownOptions, renderResultsMarkdown, renderSummaryMarkdown } from './renderMarkdown.ts';
export { renderOverlapCsv } from './renderOverlapCsv.ts';
export { renderPng } from './renderPng.ts';
export { renderSummaryCsv } from './renderSummaryCsv.ts';
export { renderSvg } from './renderSvg.ts';
export { type StrategyStyle, type StrategyStyles, strategyStyles, stylesOf } from './strategyStyles.ts';
export { type SummaryTable, type SummaryTableOptions, summaryTable } from './summaryTable.ts';
export { renderTerminalCurve, type TerminalCurveOptions } from './terminalCurve.ts';
export * from './verdict/index.ts';
export { writeAside } from './writeAside.ts';
export { type CurveFiles, type ReportFiles, type ReportOptions, writeReport } from './writeReport.ts';
