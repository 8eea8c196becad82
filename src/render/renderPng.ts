/** An SVG as a PNG, with the bundled font alone: a bare machine has no fonts and would silently draw no text. */
import { createRequire } from 'node:module';
import { CHART_FONT } from './chartTheme.ts';

const require = createRequire(import.meta.url);
const fontFiles = () => [
  require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf'),
  require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf'),
];

/** resvg knows the older of the two names for pictures whose pixels are to be seen, and heeds the last that it reads. */
const PIXELS = ['image-rendering: pixelated', 'image-rendering: optimizeSpeed'] as const;

/** `scale` pixels per SVG unit. Text in any font is drawn in DejaVu Sans. */
export async function renderPng(svg: string, scale = 2): Promise<Uint8Array> {
  const { renderAsync } = await import('@resvg/resvg-js');
  const [family] = CHART_FONT.split(',');
  const image = await renderAsync(svg.replaceAll(...PIXELS), {
    fitTo: { mode: 'zoom', value: scale },
    font: {
      loadSystemFonts: false,
      fontFiles: fontFiles(),
      defaultFontFamily: family,
      sansSerifFamily: family,
      serifFamily: family,
      monospaceFamily: family,
    },
  });
  return image.asPng();
}
