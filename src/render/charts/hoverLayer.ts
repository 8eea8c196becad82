/** The point that follows the cursor along a chart's lines, with what it says there. */
type Encoding = Readonly<Record<string, unknown>>;

/** @param encoding where the points lie and their fill */
export function hoverLayer<E extends Encoding, T extends Encoding>(encoding: E, tooltip: readonly T[]) {
  return {
    name: 'hover',
    params: [
      {
        name: 'pointed',
        select: {
          ...{ type: 'point' as const, on: 'pointerover' as const },
          ...{ clear: 'pointerout' as const, nearest: true },
        },
      },
    ],
    mark: { type: 'point' as const, aria: false, filled: true, size: 90 },
    encoding: {
      ...encoding,
      opacity: { condition: { param: 'pointed', empty: false, value: 1 }, value: 0 },
      tooltip: [...tooltip],
    },
  };
}
