/** What `querybench compare` is told, and what each kind of comparison gives back. */
import { UserError } from '../foundation/userError.ts';
import type { ComparedCurves } from '../verdict/compare/comparedCurves.ts';
import type { ModelComparison } from '../verdict/compare/modelComparison.ts';

export interface CompareArguments {
  readonly sides: readonly string[];
  readonly metric?: string | undefined;
  readonly subMetric?: string | undefined;
  readonly average?: string | undefined;
  readonly minDelta?: number | undefined;
  readonly confident: boolean;
  readonly sameConfig?: boolean;
  readonly old?: string | undefined;
  readonly new?: string | undefined;
  readonly data?: string | undefined;
  readonly labels?: string | undefined;
  readonly drop: readonly string[];
  readonly truth?: string | undefined;
  readonly iouThreshold?: number | undefined;
  readonly curves?: string | undefined;
  readonly scheme?: string | undefined;
  readonly format?: string | undefined;
  readonly out?: string | undefined;
  readonly exitCode?: boolean;
}

/** What was found, and curves where there are some. */
export interface Compared {
  readonly comparison: ModelComparison;
  readonly curves?: () => ComparedCurves;
}

/** The two of `what`. Throws `UserError("bad-option")` for any other number. */
export function twoSides(sides: readonly string[], what: string): readonly [string, string] {
  const [own, other, ...more] = sides;
  if (own !== undefined && other !== undefined && more.length === 0) return [own, other];
  throw new UserError(
    'bad-option',
    `${what} are compared two at a time, the old one first, and ${sides.length} ${sides.length === 1 ? 'is' : 'are'} named. Name two.`,
  );
}
