/** The one corner of jstat that is used here; the package ships no types. */
declare module 'jstat' {
  interface Distribution {
    inv(probability: number, degreesOfFreedom: number): number;
    pdf(x: number, degreesOfFreedom: number): number;
  }
  const jStat: {
    readonly studentt: Distribution;
    readonly normal: { inv(probability: number, mean: number, deviation: number): number };
    /** 1 − erf(x). */
    erfc(x: number): number;
    /** P(shape, x), the lower incomplete gamma function over Γ(shape). */
    lowRegGamma(shape: number, x: number): number;
    gammaln(x: number): number;
  };
  export default jStat;
}
