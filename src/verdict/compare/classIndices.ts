/** Labels in a file as the models' class indices. */
import { naturalOrder } from '../../analysis/index.ts';
import type { RawLabels } from '../../datasets/files/classLabels.ts';
import { unknownName } from '../../foundation/nearest.ts';
import { UserError } from '../../foundation/userError.ts';

/** What the compared models tell apart. */
export interface ModelClasses {
  readonly numClasses: number;
  /** Where the models say. */
  readonly classNames?: readonly string[];
}

export interface LabelIndices {
  /** [numRows] */
  readonly indices: Int32Array;
  /** [numClasses] */
  readonly classNames: readonly string[];
}

/**
 * By the models' names of classes; without these, numbers below the number of classes are indices, and as many
 * different labels as there are classes are taken in their natural order. Throws `UserError` "bad-label",
 * "unknown-class" and "class-count".
 */
export function classIndices(
  { path, texts }: RawLabels,
  { numClasses, classNames }: ModelClasses,
): LabelIndices {
  const labels = texts.map((text, row) => canonical(text, path, row));
  const found = [...new Set(labels)].sort(naturalOrder);
  const names = classNames ?? namesOf(found, numClasses, path);
  const indexOf = new Map(names.map((name, index) => [canonical(name, path, 0), index]));
  const indices = Int32Array.from(labels, (label, row) => {
    const index = indexOf.get(label);
    if (index !== undefined) return index;
    throw new UserError(
      'unknown-class',
      `${path}, row ${row} (counted from 0): ${unknownName('class', label, names)}`,
    );
  });
  return { indices, classNames: names };
}

function namesOf(found: readonly string[], numClasses: number, path: string): readonly string[] {
  const isIndex = (label: string): boolean => /^\d+$/.test(label) && Number(label) < numClasses;
  if (found.every(isIndex)) return Array.from({ length: numClasses }, (_, c) => String(c));
  if (found.length === numClasses) return found;
  throw new UserError(
    'class-count',
    `${path} must have labels of the ${numClasses} classes that the models tell apart, and has ${found.length} different ones (${found.slice(0, 8).join(', ')}${found.length > 8 ? ', …' : ''}). Number them from 0, or choose the file that belongs to the models.`,
  );
}

/** `3.0`, `03` and `3` are one label. */
function canonical(text: string, path: string, row: number): string {
  const label = text.trim();
  if (label === '') {
    throw new UserError(
      'bad-label',
      `${path}, row ${row} (counted from 0): a label must not be missing. Label the row, or leave it out.`,
    );
  }
  return Number.isNaN(Number(label)) ? label : String(Number(label));
}
