/** Which detections of one image and class are right: pycocotools' greedy rule, the best score first. */
import type { Box } from '../../datasets/boxes/boxes.ts';

export interface Candidate {
  readonly box: Box;
  readonly score: number;
}

export interface Target {
  readonly box: Box;
  readonly isCrowd: boolean;
}

/** `ignored`: it lies on a crowd, and counts neither for nor against. */
export type Match = 'true' | 'false' | 'ignored';

/**
 * Each detection takes the free target that it overlaps most, if by `iouThreshold` at least; only where there is none may it
 * lie on a crowd, which any number may.
 *
 * @param candidates by falling score
 * @param iouThreshold in (0, 1]
 */
export function matchBoxes(
  candidates: readonly Candidate[],
  targets: readonly Target[],
  iouThreshold: number,
): Match[] {
  const isTaken = targets.map(() => false);
  // Equal overlaps go to the later target, as there.
  const best = (box: Box, wantsCrowd: boolean): number => {
    let [found, most] = [-1, Math.min(iouThreshold, 1 - 1e-10)];
    targets.forEach((target, i) => {
      if (target.isCrowd !== wantsCrowd || isTaken[i]) return;
      const overlap = intersectionOverUnion(box, target);
      if (overlap < most) return;
      [found, most] = [i, overlap];
    });
    return found;
  };
  return candidates.map(({ box }) => {
    const own = best(box, false);
    if (own >= 0) {
      isTaken[own] = true;
      return 'true';
    }
    return best(box, true) >= 0 ? 'ignored' : 'false';
  });
}

/** Of a crowd: how much of the detection lies in it. */
export function intersectionOverUnion(
  [x, y, width, height]: Box,
  { box: [left, top, targetWidth, targetHeight], isCrowd }: Target,
): number {
  const sharedWidth = Math.min(x + width, left + targetWidth) - Math.max(x, left);
  const sharedHeight = Math.min(y + height, top + targetHeight) - Math.max(y, top);
  if (sharedWidth <= 0 || sharedHeight <= 0) return 0;
  const shared = sharedWidth * sharedHeight;
  const area = width * height;
  return shared / (isCrowd ? area : area + targetWidth * targetHeight - shared);
}
