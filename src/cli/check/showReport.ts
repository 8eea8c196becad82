/** A check's report in every format that was asked for, each where it belongs. */
import { appendFileSync } from 'node:fs';
import {
  renderCheckGithub,
  renderCheckJson,
  renderCheckJunit,
  renderCheckMarkdown,
  renderCheckText,
  writeCheckMarkdown,
} from '../../render/verdict/index.ts';
import { writeAside } from '../../render/writeAside.ts';
import type { CheckReport } from '../../verdict/checkReport.ts';
import type { CheckFormat, CheckOutput } from './checkOutputs.ts';
import type { CheckRequest } from './checkRequest.ts';

/** Throws `UserError("cannot-write")`. */
export async function showReport(report: CheckReport, { outputs, isStrict }: CheckRequest): Promise<void> {
  const options = { isStrict };
  const renderers: Readonly<Record<CheckFormat, (output: CheckOutput) => string>> = {
    text: ({ file }) =>
      renderCheckText(report, {
        ...options,
        colors: file === undefined && process.stdout.isTTY && process.env.NO_COLOR === undefined,
        ...(file === undefined && process.stdout.columns && { width: process.stdout.columns }),
      }),
    markdown: () => renderCheckMarkdown(report, options),
    json: () => renderCheckJson(report),
    junit: () => renderCheckJunit(report, options),
    github: () => renderCheckGithub(report, options),
  };
  for (const output of outputs) {
    const { format, file } = output;
    if (file === undefined) process.stdout.write(renderers[format](output));
    else if (format === 'markdown') await writeCheckMarkdown(report, file, options);
    else await writeAside(file, renderers[format](output));
    if (format === 'github') addSummary(renderCheckMarkdown(report, options));
  }
}

/** The page of the workflow's run, where there is one. */
function addSummary(markdown: string): void {
  const path = process.env.GITHUB_STEP_SUMMARY;
  if (path) appendFileSync(path, `${markdown}\n`);
}
