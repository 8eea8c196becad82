/** A Vega-Lite spec drawn as SVG. Vega is loaded on the first call: it takes longer to load than most commands to run. */
import type { Spec } from 'vega';
import type { TopLevelSpec } from 'vega-lite';
import { compileStill } from './compileStill.ts';
import { textWidth } from './textWidth.ts';

/** The same spec gives the same string. Throws vega-lite's error for a spec that it doesn't understand. */
export async function renderSvg(spec: TopLevelSpec): Promise<string> {
  return drawVega(await compileStill(spec));
}

/** A Vega spec drawn as SVG. */
export async function drawVega(spec: object): Promise<string> {
  const vega = await import('vega');
  vega.textMetrics.width = widthOf;
  const view = new vega.View(vega.parse(spec as Spec), { renderer: 'none' });
  try {
    return withFewerDigits(withCountedIds(await view.toSVG()));
  } finally {
    view.finalize();
  }
}

/** What Vega asks where there is no canvas to measure on; to set it is its own way to be told better. */
function widthOf(
  item: { readonly fontSize?: number; readonly fontWeight?: string | number; readonly limit?: number },
  text: string,
): number {
  const { fontSize = 11, fontWeight, limit = 0 } = item;
  const isBold = fontWeight === 'bold' || Number(fontWeight) >= 600;
  const width = textWidth(String(text).trim(), fontSize, isBold ? 'bold' : 'normal');
  return limit > 0 ? Math.min(limit, width) : width;
}

/** Vega numbers clip paths through all drawings of a process; here they start from 1 in each. */
function withCountedIds(svg: string): string {
  const names = new Map<string, string>();
  for (const [, id = ''] of svg.matchAll(/\bid="([^"]+)"/g)) names.set(id, `clip${names.size + 1}`);
  return svg.replaceAll(
    /(\bid="|url\(#)([^")]+)/g,
    (_, before: string, id: string) => before + (names.get(id) ?? id),
  );
}

/** Thousandths of a pixel: what is beyond is not seen, and its last digits differ between machines. Texts stay as they are. */
function withFewerDigits(svg: string): string {
  return svg.replaceAll(
    /\b(d|transform|x|y|x1|x2|y1|y2|width|height|opacity)="([^"]+)"/g,
    (_, name: string, value: string) =>
      `${name}="${value.replaceAll(/-?\d+\.\d{3,}(e-\d+)?/g, (number) => String(Number(Number(number).toFixed(3))))}"`,
  );
}
