/** The one function of asciichart that is used here; the package ships no types. */
declare module 'asciichart' {
  interface PlotOptions {
    readonly min?: number;
    readonly max?: number;
    readonly height?: number;
    readonly offset?: number;
    /** One escape sequence per series, put before every character of its line. */
    readonly colors?: readonly string[];
    readonly format?: (value: number) => string;
  }
  const asciichart: { plot(series: readonly (readonly number[])[], options?: PlotOptions): string };
  export default asciichart;
}
