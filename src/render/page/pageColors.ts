/** Colours and type of all pages, in light and dark: custom properties for their style sheets. */
export const pageColors = `:root {
  color-scheme: light dark;
  --ground: light-dark(#faf9f7, #131519); --card: light-dark(#ffffff, #1a1d22);
  --ink: light-dark(#1d2025, #e9eaec); --soft: light-dark(#5b616a, #a2a8b2);
  --rule: light-dark(#dedcd7, #343941); --hair: light-dark(#ecebe7, #272b32);
  --accent: light-dark(#0b5c8f, #7dbcf0); --wash: light-dark(#f1efea, #21252c);
  --good: light-dark(#00704f, #38c597); --bad: light-dark(#b04300, #f2955a);
  --caution: light-dark(#fff8e6, #29220f); --caution-rule: light-dark(#c98f00, #b98a1a);
  --sans: "Inter", -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", "Liberation Sans", Arial, sans-serif;
  --serif: Charter, "Bitstream Charter", "Iowan Old Style", "Source Serif 4", Georgia, "P052", "Liberation Serif", serif;
  --mono: ui-monospace, "SF Mono", Consolas, "Liberation Mono", "DejaVu Sans Mono", monospace;
}
`;
