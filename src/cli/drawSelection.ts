/** Writes the picture of a selection as SVG or PNG. */
import { extname } from 'node:path';
import { UserError } from '../foundation/userError.ts';
import { renderPng, renderSvg } from '../render/index.ts';
import { selectionPicture } from '../render/selectionPicture.ts';
import { writeAside } from '../render/writeAside.ts';
import { type PlaneRequest, planeOfSelection } from '../selection/planeOfSelection.ts';

export interface DrawRequest {
  readonly title: string;
  readonly plane: PlaneRequest;
}

export async function drawSelection(path: string, { title, plane: request }: DrawRequest): Promise<void> {
  const { axes, points } = await planeOfSelection(request);
  const { numSamples } = request.embeddings;
  const subtitle =
    points.length < numSamples
      ? `${points.length.toLocaleString('en')} of ${numSamples.toLocaleString('en')} samples drawn: at most 4,000 of a kind, at random`
      : 'all samples drawn';
  const svg = await renderSvg(selectionPicture({ title, subtitle, axes, points }));
  await writeAside(path, pictureFormat(path) === 'svg' ? svg : await renderPng(svg));
}

/** Throws `UserError("bad-option")`. */
export function pictureFormat(path: string): 'svg' | 'png' {
  const ending = extname(path).toLowerCase();
  if (ending === '.svg' || ending === '.png') return ending.slice(1) as 'svg' | 'png';
  throw new UserError('bad-option', `--picture must end in .svg or .png, and is "${path}". Rename it.`);
}
