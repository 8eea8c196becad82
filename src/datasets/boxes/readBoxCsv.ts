/** Boxes in CSV: a row each, columns found by their usual names. */
import { UserError } from '../../foundation/userError.ts';
import { readTable } from '../tables/readTable.ts';
import { checkedBox, type RawBox, type RawBoxFile } from './rawBoxes.ts';

/** What columns are called; the first is what messages call it. */
const names = {
  image: ['image', 'image_id', 'filename', 'filenames', 'file_name'],
  class: ['class', 'label', 'category', 'category_id', 'class_name', 'name'],
  score: ['score', 'confidence', 'probability'],
  crowd: ['iscrowd', 'crowd'],
} as const;

/** Columns of a box, and how to get [x, y, width, height] of them. */
const layouts: readonly {
  readonly columns: readonly (readonly string[])[];
  readonly toBox: (values: readonly number[]) => number[];
}[] = [
  {
    columns: [
      ['x', 'left'],
      ['y', 'top'],
      ['width', 'w'],
      ['height', 'h'],
    ],
    toBox: (values) => [...values],
  },
  {
    columns: [
      ['x1', 'xmin', 'x_min'],
      ['y1', 'ymin', 'y_min'],
      ['x2', 'xmax', 'x_max'],
      ['y2', 'ymax', 'y_max'],
    ],
    toBox: ([x1 = 0, y1 = 0, x2 = 0, y2 = 0]) => [x1, y1, x2 - x1, y2 - y1],
  },
];

/**
 * Columns `image`, `class` and a box (`x, y, width, height` or `x1, y1, x2, y2`), and where there are some `score` and `iscrowd`.
 * A row without a box names an image, or a class, that may have none. Throws what `readTable` throws, and `UserError`
 * "unknown-column", "bad-value" and "bad-box".
 */
export async function readBoxCsv(path: string): Promise<RawBoxFile> {
  const table = await readTable(path, { roleOf: () => 'text' });
  const columns = new Map([...table.texts].map(([name, texts]) => [name.toLowerCase(), texts]));
  const find = (candidates: readonly string[]) => {
    const name = candidates.find((candidate) => columns.has(candidate));
    return name === undefined ? undefined : { name, texts: columns.get(name) ?? [] };
  };
  const need = (candidates: readonly string[]) =>
    find(candidates) ?? refuseColumns(path, candidates[0], columns);
  const [images, classes] = [need(names.image), need(names.class)];
  const [scores, crowds] = [find(names.score), find(names.crowd)];
  const layout =
    layouts.find((each) => each.columns.every((candidates) => find(candidates) !== undefined)) ??
    refuseColumns(path, 'x", "y", "width" and "height', columns);
  const sides = layout.columns.map(need);
  const boxes: RawBox[] = [];
  for (let row = 0; row < table.numRows; row++) {
    const textOf = (column: { readonly texts: readonly string[] }) => (column.texts[row] ?? '').trim();
    const place = `row ${row + 1}`;
    if (sides.every((column) => textOf(column) === '')) continue;
    const numberOf = (column: { readonly name: string; readonly texts: readonly string[] }): number => {
      const text = textOf(column);
      if (text !== '' && Number.isFinite(Number(text))) return Number(text);
      throw new UserError(
        'bad-value',
        `${path}, ${place}, column "${column.name}": a value must be a finite number, and is ${JSON.stringify(text)}. Correct it, or leave the row out.`,
      );
    };
    boxes.push({
      ...{ place, image: textOf(images), className: textOf(classes) },
      box: checkedBox(layout.toBox(sides.map(numberOf)), path, place),
      isCrowd: crowds !== undefined && textOf(crowds) !== '' && numberOf(crowds) !== 0,
      ...(scores && { score: numberOf(scores) }),
    });
  }
  return {
    ...{ path, boxes },
    images: named(images.texts.map((text) => text.trim())),
    classes: named(classes.texts.map((text) => text.trim()).filter((name) => name !== '')),
  };
}

function named(keys: readonly string[]) {
  return [...new Set(keys)].map((name) => ({ id: name, name }));
}

function refuseColumns(
  path: string,
  wanted: string | undefined,
  columns: ReadonlyMap<string, unknown>,
): never {
  throw new UserError(
    'unknown-column',
    `${path} must have a column "${wanted}", and has ${[...columns.keys()].join(', ')}. Name its columns image, class, x, y, width, height and score.`,
  );
}
