/**
 * Workflow commands, by which a step's output becomes annotations; and as few of them as GitHub shows.
 *
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands; what is escaped is what
 * actions/toolkit escapes (packages/core/src/command.ts).
 */
import { cutTo, plainLine } from './plainLine.ts';

export type AnnotationLevel = 'error' | 'warning' | 'notice';

export interface Annotation {
  readonly level: AnnotationLevel;
  readonly title: string;
  readonly message: string;
}

/** GitHub shows so many of each level per step, and drops the rest without a word. */
const mostShown = 10;
/** GitHub takes 255 characters. */
const longestTitle = 200;
/** GitHub takes 64 KiB. */
const longestMessage = 4000;

/** A line each; of more than ten of a level, the last says how many there are besides. */
export function githubCommands(annotations: readonly Annotation[]): string[] {
  return (['error', 'warning', 'notice'] as const).flatMap((level) => {
    const ofLevel = annotations.filter((annotation) => annotation.level === level);
    if (ofLevel.length <= mostShown) return ofLevel.map(command);
    const rest = ofLevel.length - (mostShown - 1);
    const title = `${rest} more of this kind`;
    const message = `GitHub shows ten annotations of a level; the job summary has all ${ofLevel.length}.`;
    return [...ofLevel.slice(0, mostShown - 1), { level, title, message }].map(command);
  });
}

function command({ level, title, message }: Annotation): string {
  const property = escapeProperty(cutTo(plainLine(title), longestTitle));
  return `::${level} title=${property}::${escapeData(cutTo(plainLine(message), longestMessage))}`;
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
