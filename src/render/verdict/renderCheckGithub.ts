/** A check as annotations of a GitHub workflow. The job summary beside them is `renderCheckMarkdown`. */
import type { CheckReport } from '../../verdict/checkReport.ts';
import { cellNames } from './cellNames.ts';
import type { StrictOption } from './checkConclusion.ts';
import { type CheckFinding, checkFindings } from './checkFindings.ts';
import { type AnnotationLevel, githubCommands } from './githubCommands.ts';

/**
 * Errors for what fails the check, warnings for what cannot be told (errors too under `--strict`, missing cells excepted)
 * and for the report's own warnings, notices for what improved. Ends with a line feed unless there is nothing to say.
 */
export function renderCheckGithub(report: CheckReport, { isStrict = false }: StrictOption = {}): string {
  const annotations = checkFindings(report, cellNames(report)).flatMap((finding) => {
    const level = levelOf(finding, isStrict);
    const title = finding.part === 'warning' ? 'querybench check' : `${finding.outcome}: ${finding.subject}`;
    return level === undefined ? [] : [{ level, title, message: finding.text }];
  });
  return githubCommands(annotations)
    .map((line) => `${line}\n`)
    .join('');
}

function levelOf({ part, weight }: CheckFinding, isStrict: boolean): AnnotationLevel | undefined {
  if (part === 'warning') return 'warning';
  if (weight === 'bad') return 'error';
  if (weight === 'unsure') return isStrict && part !== 'missing' ? 'error' : 'warning';
  return weight === 'better' ? 'notice' : undefined;
}
