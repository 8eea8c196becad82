/** As much of pngjs as is used here; the package ships no types. */
declare module 'pngjs' {
  interface PngOptions {
    readonly width: number;
    readonly height: number;
    /** 0: grey; 2: red, green, blue. */
    readonly colorType: 0 | 2;
    readonly inputColorType: 0 | 2;
    readonly inputHasAlpha: false;
  }
  export class PNG {
    constructor(options: PngOptions);
    data: Buffer;
    static readonly sync: {
      write(png: PNG, options: PngOptions): Buffer;
      /** [height, width, 4], RGBA. */
      read(bytes: Uint8Array): { readonly width: number; readonly height: number; readonly data: Buffer };
    };
  }
}
