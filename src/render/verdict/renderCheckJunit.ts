/**
 * A check as JUnit XML, which CI servers show as test results: a suite per kind of finding, a case per cell, invariant,
 * trial and key. Attributes are those of Jenkins' schema, which others read too.
 */
import type { CheckReport } from '../../verdict/checkReport.ts';
import { escapeHtml } from '../escapeHtml.ts';
import { cellNames } from './cellNames.ts';
import type { StrictOption } from './checkConclusion.ts';
import { type CheckFinding, type CheckPart, checkFindings } from './checkFindings.ts';

const suiteTitles: readonly (readonly [CheckPart, string])[] = [
  ['cell', 'cells'],
  ['invariant', 'invariants'],
  ['audit', 'audit'],
  ['identity', 'identity'],
  ['speed', 'speed'],
  ['missing', 'missing'],
  ['failed', 'failed trials'],
];

type CaseState = 'passed' | 'failure' | 'skipped' | 'error';

/**
 * Failed trials are errors; what is inconclusive or missing is skipped, and the former a failure under `--strict`. Warnings
 * go to the first suite's output. Ends with a line feed.
 */
export function renderCheckJunit(report: CheckReport, { isStrict = false }: StrictOption = {}): string {
  const findings = checkFindings(report, cellNames(report));
  const suites = suiteTitles.flatMap(([part, title]) => {
    const cases = findings.filter((finding) => finding.part === part);
    // A suite without cases is no news, but that nothing was found by the audit is.
    return cases.length > 0 || part === 'audit' ? [suite(title, auditCases(part, cases), isStrict)] : [];
  });
  const states = findings.filter(({ part }) => part !== 'warning').map((each) => stateOf(each, isStrict));
  const numCases = states.length + (report.audit.length === 0 ? 1 : 0);
  const warnings = report.warnings.map((warning) => `${warning}\n`).join('');
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${escapeXml(`querybench check ${report.name}`)}" ${counts(numCases, states)}>`,
    ...suites,
    ...(warnings === ''
      ? []
      : [
          '  <testsuite name="warnings" tests="0" failures="0" errors="0" skipped="0">',
          `    <system-out>${escapeXml(warnings)}</system-out>`,
          '  </testsuite>',
        ]),
    '</testsuites>\n',
  ].join('\n');
}

/** The audit looks at everything at once, so that finding nothing is one case that passes. */
function auditCases(part: CheckPart, cases: readonly CheckFinding[]): readonly CheckFinding[] {
  if (part !== 'audit' || cases.length > 0) return cases;
  return [{ part, weight: 'same', subject: 'records', outcome: 'sound', text: '' }];
}

function suite(title: string, cases: readonly CheckFinding[], isStrict: boolean): string {
  const states = cases.map((each) => stateOf(each, isStrict));
  return [
    `  <testsuite name="${title}" ${counts(states.length, states)}>`,
    ...cases.map((each, i) => testCase(each, title, states[i] ?? 'passed')),
    '  </testsuite>',
  ].join('\n');
}

function counts(numCases: number, states: readonly CaseState[]): string {
  const count = (state: CaseState) => states.filter((each) => each === state).length;
  return `tests="${numCases}" failures="${count('failure')}" errors="${count('error')}" skipped="${count('skipped')}"`;
}

function testCase({ subject, outcome, text }: CheckFinding, suiteTitle: string, state: CaseState): string {
  const start = `    <testcase classname="querybench.${suiteTitle}" name="${escapeXml(subject)}" time="0"`;
  if (state === 'passed') {
    return text === ''
      ? `${start}/>`
      : `${start}>\n      <system-out>${escapeXml(text)}</system-out>\n    </testcase>`;
  }
  const message = escapeXml(`${outcome}: ${text}`);
  const element =
    state === 'skipped'
      ? `<skipped message="${message}"/>`
      : `<${state} type="${escapeXml(outcome)}" message="${message}">${escapeXml(text)}</${state}>`;
  return `${start}>\n      ${element}\n    </testcase>`;
}

function stateOf({ part, weight }: CheckFinding, isStrict: boolean): CaseState {
  if (part === 'failed') return 'error';
  if (weight === 'bad') return 'failure';
  if (weight === 'unsure') return isStrict && part !== 'missing' ? 'failure' : 'skipped';
  return 'passed';
}

/** All that XML 1.0 has no way to write, even escaped (its production `Char`). */
const notCharacters = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

/** For elements and attributes alike; line feeds and tabs keep in attributes too, where they would become blanks. */
function escapeXml(text: string): string {
  return escapeHtml(text.replaceAll(notCharacters, '\ufffd'))
    .replaceAll('\t', '&#9;')
    .replaceAll('\n', '&#10;')
    .replaceAll('\r', '&#13;');
}
