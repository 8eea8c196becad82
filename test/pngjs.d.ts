/** What the tests use of pngjs, which ships no types. */
declare module 'pngjs' {
  interface Picture {
    readonly width: number;
    readonly height: number;
    /** [height, width, 4], RGBA. */
    readonly data: Buffer;
  }
  export const PNG: { readonly sync: { read(png: Uint8Array): Picture } };
}
