/**
 * Reads boxes, true and detected, from CSV or COCO's JSON, and brings images and classes of the files together. Not in the folder's
 * index: it loads zod, which takes longer than most commands.
 */
import { unknownName } from '../../foundation/nearest.ts';
import { UserError } from '../../foundation/userError.ts';
import type { BoxTruth, DetectedBox } from './boxes.ts';
import type { NamedId, RawBox, RawBoxFile } from './rawBoxes.ts';
import { readBoxCsv } from './readBoxCsv.ts';
import { readResultsJson, readTruthJson } from './readBoxJson.ts';

/** A truth that knows by what ids and names files of detections may speak of it. */
export interface ReadTruth extends BoxTruth {
  readonly imageKeys: readonly NamedId[];
  readonly classKeys: readonly NamedId[];
}

function isBoxPath(path: string): boolean {
  return /\.(json|csv|tsv)$/i.test(path);
}

/**
 * Throws what the readers throw, and `UserError` "unknown-format", "unknown-name" (a box of an image or a class that is not
 * listed) and "no-boxes".
 */
export async function readBoxTruth(path: string): Promise<ReadTruth> {
  const file = /\.json$/i.test(path) ? readTruthJson(path) : await readBoxCsv(withKnownEnding(path));
  const { images = [], classes = [], boxes } = file;
  if (!boxes.some(({ isCrowd }) => !isCrowd)) {
    throw new UserError(
      'no-boxes',
      `${path} must have a box to be found, and has none. Choose another file.`,
    );
  }
  const indexOf = indices(file, { images, classes }, 'id');
  return {
    images: images.map(({ name }) => name),
    classes: classes.map(({ name }) => name),
    ...{ imageKeys: images, classKeys: classes },
    boxes: boxes.map((raw) => ({ ...indexOf(raw), box: raw.box, isCrowd: raw.isCrowd })),
  };
}

/**
 * What a detector gave for the images of `truth`. Throws what the readers throw, and `UserError` "unknown-format",
 * "unknown-name" (an image or a class that the truth lacks), "no-scores" and "empty-file".
 */
export async function readDetections(path: string, truth: ReadTruth): Promise<DetectedBox[]> {
  const isJson = /\.json$/i.test(path);
  const file = isJson ? readResultsJson(path) : await readBoxCsv(withKnownEnding(path));
  if (file.boxes.length === 0) {
    throw new UserError('empty-file', `${path} must have at least one detection, and has none. Fill it.`);
  }
  const indexOf = indices(
    file,
    { images: truth.imageKeys, classes: truth.classKeys },
    isJson ? 'id' : 'name',
  );
  return file.boxes.map((raw) => {
    const { score } = raw;
    if (score !== undefined) return { ...indexOf(raw), box: raw.box, score };
    throw new UserError(
      'no-scores',
      `${path}, ${raw.place}: a detection must have a score, by which it is ranked, and has none. Add a column or member "score".`,
    );
  });
}

function withKnownEnding(path: string): string {
  if (isBoxPath(path)) return path;
  throw new UserError(
    'unknown-format',
    `Boxes must be in a file that ends in .json, .csv or .tsv, and ${path} does not. Convert or rename it.`,
  );
}

/** Ids and names may say the same of different things: what the file's format speaks of comes first. */
function indices(
  { path }: RawBoxFile,
  known: { readonly images: readonly NamedId[]; readonly classes: readonly NamedId[] },
  first: keyof NamedId,
): (raw: RawBox) => { image: number; classIndex: number } {
  const finder = (what: string, all: readonly NamedId[]) => {
    const other = first === 'id' ? 'name' : 'id';
    const index = new Map([
      ...all.map((each, i) => [each[other], i] as const),
      ...all.map((each, i) => [each[first], i] as const),
    ]);
    return (key: string, place: string): number => {
      const found = index.get(key);
      if (found !== undefined) return found;
      const shown = all.length > 20 ? all.slice(0, 20) : all;
      throw new UserError(
        'unknown-name',
        `${path}, ${place}: ${unknownName(
          what,
          key,
          shown.map((each) => each[first]),
        )}${all.length > 20 ? ` (the first 20 of ${all.length})` : ''}`,
      );
    };
  };
  const [imageOf, classOf] = [finder('image', known.images), finder('class', known.classes)];
  return ({ image, className, place }) => ({
    image: imageOf(image, place),
    classIndex: classOf(className, place),
  });
}
