/** Boxes in COCO's JSON: the truth is one object, predictions are a list of results. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { UserError } from '../../foundation/userError.ts';
import { readingError } from '../tables/byteReader.ts';
import { checkedBox, type NamedId, type RawBoxFile } from './rawBoxes.ts';

const id = z.union([z.number(), z.string()]).transform(String);
const box = z.array(z.number());

const truthSchema = z.object({
  images: z.array(z.object({ id, file_name: z.string().optional() })),
  categories: z.array(z.object({ id, name: z.string().optional() })),
  annotations: z.array(
    z.object({
      ...{ image_id: id, category_id: id, bbox: box },
      iscrowd: z.union([z.number(), z.boolean()]).optional(),
    }),
  ),
});

const resultsSchema = z.array(
  z.object({ image_id: id, category_id: id, bbox: box, score: z.number().optional() }),
);

/**
 * `iscrowd` alone sets an annotation aside: pycocotools writes over `ignore`, too. Throws `UserError` "bad-json", "empty-file"
 * and "bad-box".
 */
export function readTruthJson(path: string): RawBoxFile {
  const { images, categories, annotations } = parsed(path, truthSchema, 'images, categories and annotations');
  return {
    path,
    images: named(
      path,
      'image',
      images.map((image) => ({ id: image.id, name: image.file_name ?? image.id })),
    ).sort(byId),
    classes: named(
      path,
      'category',
      categories.map((each) => ({ id: each.id, name: each.name ?? each.id })),
    ),
    boxes: annotations.map(({ image_id: image, category_id: className, bbox, iscrowd = false }, i) => {
      const place = `annotations[${i}]`;
      return { place, image, className, box: checkedBox(bbox, path, place), isCrowd: Boolean(iscrowd) };
    }),
  };
}

/** Throws as `readTruthJson` does. */
export function readResultsJson(path: string): RawBoxFile {
  const results = parsed(path, resultsSchema, 'a list of { image_id, category_id, bbox, score }');
  return {
    path,
    boxes: results.map(({ image_id: image, category_id: className, bbox, score }, i) => {
      const place = `[${i}]`;
      const known = { place, image, className, box: checkedBox(bbox, path, place), isCrowd: false };
      return score === undefined ? known : { ...known, score };
    }),
  };
}

/** pycocotools' order, which decides between equal scores. */
function byId(a: NamedId, b: NamedId): number {
  const difference = Number(a.id) - Number(b.id);
  return Number.isNaN(difference) ? (a.id < b.id ? -1 : 1) : difference;
}

function named(path: string, what: string, all: NamedId[]): NamedId[] {
  const seen = new Set<string>();
  for (const each of all) {
    if (seen.has(each.id)) {
      throw new UserError(
        'bad-json',
        `${path}: each ${what} must have an id of its own, and ${each.id} is there twice. Correct the file.`,
      );
    }
    seen.add(each.id);
  }
  return all;
}

function parsed<T>(path: string, schema: z.ZodType<T>, what: string): T {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw readingError(path, error);
  }
  if (text.trim() === '') {
    throw new UserError('empty-file', `${path} must hold ${what}, and is empty. Fill it.`);
  }
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (error) {
    const reason = (error as Error).message;
    throw new UserError('bad-json', `${path} must be JSON, and is not: ${reason}. Correct the file.`);
  }
  const result = schema.safeParse(document);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const place = issue?.path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('');
  throw new UserError(
    'bad-json',
    `${path} must hold ${what} as COCO has them, and does not: ${place ? `${place.replace(/^\./, '')}: ` : ''}${issue?.message}. Correct the file.`,
  );
}
