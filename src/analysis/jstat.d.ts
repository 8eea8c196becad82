/** The one corner of jstat that is used here; the package ships no types. */
declare module 'jstat' {
  interface Distribution {
    inv(probability: number, degreesOfFreedom: number): number;
    pdf(x: number, degreesOfFreedom: number): number;
  }
  const jStat: { readonly studentt: Distribution };
  export default jStat;
}
