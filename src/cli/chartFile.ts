/** One chart as one file, in the format that its name ends in. */
import { extname } from 'node:path';
import { UserError } from '../foundation/userError.ts';
import { type NamedChart, renderPng, renderSvg, type Scheme } from '../render/index.ts';

type Renderer = (chart: NamedChart) => Promise<string | Uint8Array>;

const formats: Readonly<Record<string, Renderer>> = {
  '.svg': ({ spec }) => renderSvg(spec),
  '.png': async ({ spec }) => renderPng(await renderSvg(spec)),
  '.json': async ({ spec }) => `${JSON.stringify(spec, null, 1)}\n`,
};

export const schemes = { light: 'light', dark: 'dark' } as const satisfies Readonly<Record<Scheme, Scheme>>;

/** Throws `UserError("bad-option")` for another ending; `option` is what `path` was given by. */
export function chartRenderer(path: string, option: string): Renderer {
  const render = formats[extname(path).toLowerCase()];
  if (render !== undefined) return render;
  throw new UserError(
    'bad-option',
    `${option} must end in .svg, .png or .json, and is "${path}". Rename it.`,
  );
}
