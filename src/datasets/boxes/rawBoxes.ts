/** Boxes as a file has them, before images and classes are numbered; and what cannot be a box. */
import { UserError } from '../../foundation/userError.ts';
import type { Box } from './boxes.ts';

export interface RawBox {
  /** Where it stands in its file, for messages. */
  readonly place: string;
  readonly image: string;
  readonly className: string;
  readonly box: Box;
  readonly isCrowd: boolean;
  /** Absent where the file has none. */
  readonly score?: number;
}

/** A file of boxes. In JSON images and classes are told apart by id, in CSV by name; names may be known beside ids. */
export interface RawBoxFile {
  readonly path: string;
  readonly boxes: readonly RawBox[];
  /** All images and classes of the file, in its order; absent in predictions in COCO's format. */
  readonly images?: readonly NamedId[];
  readonly classes?: readonly NamedId[];
}

export interface NamedId {
  readonly id: string;
  readonly name: string;
}

/** Throws `UserError("bad-box")`. */
export function checkedBox(values: readonly number[], path: string, place: string): Box {
  const [x = Number.NaN, y = Number.NaN, width = Number.NaN, height = Number.NaN] = values;
  const refuse = (rule: string): never => {
    throw new UserError(
      'bad-box',
      `${path}, ${place}: a box must have ${rule}, and is [${values.join(', ')}]. Correct it, or leave it out.`,
    );
  };
  if (values.length !== 4 || !values.every(Number.isFinite)) return refuse('four finite numbers');
  if (width < 0 || height < 0) return refuse('a width and a height of 0 or more');
  return [x, y, width, height];
}
