/** Labels as a file has them, numbers or text, to class indices; and what cannot be labels. */
import { counted } from '../../foundation/counted.ts';
import { UserError } from '../../foundation/userError.ts';

/** Labels of one file, before they are indices. `place` says where the label of a row stands. */
export interface RawLabels {
  readonly path: string;
  /** [numRows], as text: whole numbers are written without a fraction. */
  readonly texts: readonly string[];
}

export interface ClassIndices {
  /** Whole numbers in order, text sorted by its characters. */
  readonly classNames: readonly string[];
  /** [numRows] for each of the files. */
  readonly labels: readonly Int32Array[];
}

const wholeNumber = /^[+-]?\d+(\.0*)?$/;

/**
 * Indices into the sorted labels that occur. Throws `UserError("bad-label")`: a label that is missing, or a number with
 * a fraction; fewer than two classes.
 */
export function toClassIndices(files: readonly RawLabels[]): ClassIndices {
  const isNumeric = files.every(({ texts }) =>
    texts.every((text) => text.trim() !== '' && !Number.isNaN(Number(text))),
  );
  const canonical = files.map(({ path, texts }) =>
    texts.map((text, row) => {
      const label = text.trim();
      if (label === '') refuse(path, row, 'must not be missing', 'Label the row, or leave it out');
      if (!isNumeric) return label;
      if (!wholeNumber.test(label) && !Number.isInteger(Number(label))) {
        refuse(
          path,
          row,
          `must be a whole number or text, and is ${label}`,
          'Give classes, not measurements',
        );
      }
      return String(Number(label));
    }),
  );
  const found = [...new Set(canonical.flat())];
  const classNames = isNumeric
    ? found.sort((a, b) => Number(a) - Number(b))
    : found.sort((a, b) => (a < b ? -1 : 1));
  if (classNames.length < 2) {
    throw new UserError(
      'bad-label',
      `${files[0]?.path}: labels must be of two classes at least, and all are ${JSON.stringify(classNames[0])}. Choose other labels.`,
    );
  }
  const indexOf = new Map(classNames.map((name, index) => [name, index]));
  return {
    classNames,
    labels: canonical.map((texts) => Int32Array.from(texts, (text) => indexOf.get(text) as number)),
  };
}

/**
 * Throws `UserError("small-class")` where a class has fewer than `minimum` of `labels`.
 *
 * @param where what the labels are of, for the message
 */
export function checkClassSizes(
  labels: Int32Array,
  classNames: readonly string[],
  { minimum, where }: { readonly minimum: number; readonly where: string },
): void {
  const counts = new Int32Array(classNames.length);
  for (const label of labels) counts[label] = (counts[label] as number) + 1;
  const small = counts.findIndex((count) => count < minimum);
  if (small === -1) return;
  throw new UserError(
    'small-class',
    `${where}: a class must have at least ${counted(minimum, 'sample')}, and "${classNames[small]}" has ${counts[small]}. Add some, or leave the class out.`,
  );
}

function refuse(path: string, row: number, rule: string, remedy: string): never {
  throw new UserError('bad-label', `${path}, row ${row} (counted from 0): a label ${rule}. ${remedy}.`);
}
