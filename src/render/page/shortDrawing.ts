/** A drawing by Vega in half the bytes: what the page's style says anyway is left out, and paths go from point to point. */

/** Names that nobody asks for: the drawing is one picture to those who listen, and its font is the page's. */
const idle =
  / (?:class|role|aria-[a-z]+|font-family|pointer-events|stroke-miterlimit|xmlns:xlink|version)="[^"]*"/g;

/** @param id starts every id within the drawing, so that drawings of one page do not share theirs */
export function shortDrawing(svg: string, id: string): string {
  return svg
    .replace(/^[\s\S]*?<svg /, '<svg ')
    .replaceAll(idle, '')
    .replaceAll(/ (d|transform)="([^"]*)"/g, (_, name: string, text: string) => {
      const isLines = name === 'd' && /^[MLZ\d.,e\s-]*$/.test(text);
      return ` ${name}="${isLines ? relativePath(text) : text.replaceAll(/-?\d+\.\d+/g, tenths)}"`;
    })
    .replaceAll(/rgb\((\d+), ?(\d+), ?(\d+)\)/g, (_, ...channels: string[]) =>
      hexadecimal(channels.slice(0, 3)),
    )
    .replaceAll(', #', ',#')
    .replaceAll(/(\bid="|url\(#|href="#)/g, `$1${id}-`);
}

/** Straight lines, each from where the one before ends, to a tenth of a unit. Errors do not add up. */
function relativePath(path: string): string {
  let [x, y] = [0, 0];
  return path.replaceAll(/([ML])([^MLZ]+)|Z/g, (whole, command?: string, place = '') => {
    if (command === undefined) return whole;
    const [left = 0, top = 0] = place.split(',').map((number: string) => Math.round(Number(number) * 10));
    const [dx, dy] = [left - x, top - y];
    [x, y] = [left, top];
    if (command === 'M') return `M${left / 10},${top / 10}`;
    return `l${dx / 10},${dy / 10}`.replaceAll(/(^l|,|-)0\./g, '$1.').replace(',-', '-');
  });
}

function hexadecimal(channels: readonly string[]): string {
  return `#${channels.map((channel) => Number(channel).toString(16).padStart(2, '0')).join('')}`;
}

function tenths(number: string): string {
  return String(Math.round(Number(number) * 10) / 10);
}
