/** `querybench compare` of two files of detected boxes, held against the true ones. */
import { readBoxTruth, readDetections } from '../datasets/boxes/readBoxes.ts';
import { lookUp } from '../foundation/nearest.ts';
import { compareDetections } from '../verdict/compare/compareDetections.ts';
import { detectorCurves } from '../verdict/compare/comparedCurves.ts';
import { lookUpClass } from '../verdict/compare/lookUpClass.ts';
import { type CompareArguments, type Compared, twoSides } from './compareArguments.ts';

const metrics = { 'auc-pr': 'auc-pr' } as const;

/** Throws what the readers and `compareDetections` throw, and `UserError` "bad-option" and "unknown-name". */
export async function compareBoxFiles(args: CompareArguments): Promise<Compared> {
  const { sides, metric, subMetric, minDelta, iouThreshold, truth: truthPath = '' } = args;
  if (metric !== undefined) lookUp('--metric of boxes', metrics, metric);
  const [old, other] = twoSides(sides, 'Files of boxes');
  const truth = await readBoxTruth(truthPath);
  const pair = {
    subject: `${truth.images.length} images of ${truthPath}`,
    truth,
    old: { name: old, boxes: await readDetections(old, truth) },
    new: { name: other, boxes: await readDetections(other, truth) },
  };
  const classIndex = subMetric === undefined ? undefined : lookUpClass(subMetric, truth.classes);
  const comparison = compareDetections(pair, {
    ...(classIndex !== undefined && { classIndex }),
    ...(minDelta !== undefined && { minDelta }),
    ...(iouThreshold !== undefined && { iouThreshold }),
    isConfident: args.confident,
  });
  return { comparison, curves: () => detectorCurves(pair, iouThreshold ?? 0.5) };
}
