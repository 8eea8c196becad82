/** What Vega exports and its types lack: how wide it takes a text to be (vega-scenegraph/src/util/text.js). */
import 'vega';

declare module 'vega' {
  export const textMetrics: {
    /** Pixels; `item` has the font, `text` is one line. */
    width(
      item: { readonly fontSize?: number; readonly fontWeight?: string | number; readonly limit?: number },
      text: string,
    ): number;
  };
}
