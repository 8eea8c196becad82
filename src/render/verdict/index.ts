/** A check's report in every format that somebody reads. Pure functions, but for the one that writes files. */
export type { StrictOption } from './checkConclusion.ts';
export { checkCurveFiles } from './curveFiles.ts';
export { renderCheckGithub } from './renderCheckGithub.ts';
export { renderCheckJson } from './renderCheckJson.ts';
export { renderCheckJunit } from './renderCheckJunit.ts';
export { renderCheckMarkdown } from './renderCheckMarkdown.ts';
export { type CheckTextOptions, renderCheckText } from './renderCheckText.ts';
export { writeCheckMarkdown } from './writeCheckMarkdown.ts';
