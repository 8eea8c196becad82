/** A chart's spec as Vega draws it: compiled, without what answers a pointer, and with no more to draw than is seen. */
import type { TopLevelSpec } from 'vega-lite';
import type { VegaMark, VegaSpec } from './page/liveSpec.ts';
import { stillSpec } from './stillSpec.ts';

/** Throws vega-lite's error for a spec that it doesn't understand. vega-lite is loaded on the first call. */
export async function compileStill(spec: TopLevelSpec): Promise<VegaSpec> {
  const { compile } = await import('vega-lite');
  const compiled = compile(stillSpec(spec)).spec as unknown as VegaSpec;
  return withSharedClips(compiled);
}

/**
 * Lines of a layer clipped together, where vega-lite clips each line to the same frame: whoever draws the picture makes a mask per
 * clip, and for resvg the masks of twenty lines take three times as long as the lines.
 */
function withSharedClips<Parent extends VegaSpec | VegaMark>(parent: Parent): Parent {
  if (parent.marks === undefined) return parent;
  const marks = parent.marks.map((mark) => {
    const { marks: lines = [], encode } = mark;
    if (mark.from?.facet === undefined || encode === undefined) return withSharedClips(mark);
    if (lines.length === 0 || !lines.every(({ clip }) => clip === true)) return withSharedClips(mark);
    const unclipped = lines.map(({ clip: _, ...line }) => line);
    return { type: 'group', clip: true, encode, marks: [{ ...mark, marks: unclipped }] };
  });
  return { ...parent, marks };
}
