/** What a labelled data set is, once loaded. Rows are numbered train file first, then test file. */
export interface Dataset {
  readonly info: DatasetInfo;
  /** [numSamples, numFeatures], row-major; pixels stay bytes and are normalised inside the compiled program. */
  readonly features: Uint8Array;
  /** [numSamples], class indices. */
  readonly labels: Uint8Array;
}

/** What is known of a data set without reading a byte of it. */
export interface DatasetInfo {
  readonly name: string;
  readonly title: string;
  readonly numSamples: number;
  /** Rows before this one come from the train file, the others from the test file. Equal to numSamples if there is no test file. */
  readonly numTrainFileSamples: number;
  /** Shape of one sample, e.g. [28, 28]. */
  readonly sampleShape: readonly number[];
  readonly numClasses: number;
  readonly classNames: readonly string[];
  /** SHA-256 over the SHA-256s of the uncompressed files: equal if and only if the data are. */
  readonly fingerprint: string;
  /** Named affine maps from a stored byte b to the model's input: b * scale + shift. */
  readonly normalizations: Readonly<Record<NormalizationName, Normalization>>;
  readonly license: string;
  readonly source: string;
}

/** `unit`: into [0, 1]. `standard`: `unit`, then less the train file's mean, over its standard deviation. */
export type NormalizationName = 'unit' | 'standard';

export interface Normalization {
  readonly scale: number;
  readonly shift: number;
}

/** How the rows are divided. A number below 1 is a fraction of the candidate rows, any other a count. */
export interface SplitConfig {
  /** Which rows take part at all. */
  readonly rows: 'all' | 'train-file' | 'test-file';
  /** Rows that measure accuracy. `test-file`: all rows of the test file. */
  readonly test: number | 'test-file';
  /** Rows for early stopping, never trained on. */
  readonly validation: number;
  /** Rows a strategy may query, the initial pool included. `rest`: all that are left. */
  readonly pool: number | 'rest';
  readonly stratified: boolean;
  /** Fixed: every trial seed gets this split. Left out: each trial seed gets its own. */
  readonly seed?: number;
  /** An index-mask file in place of all of the above. */
  readonly masks?: IndexMaskReference;
}

/** `sha256` of the file stands in the trial's id, `path` does not. */
interface IndexMaskReference {
  readonly path: string;
  readonly sha256: string;
}

/** Disjoint row numbers; the order is part of the split. */
export interface Split {
  /** Candidates for the initial pool and for queries. */
  readonly pool: Int32Array;
  readonly validation: Int32Array;
  readonly test: Int32Array;
  /** From an index-mask file only: the initial pool in order (a prefix of it is used); its rows are part of `pool`. */
  readonly initial?: Int32Array;
}

/** How initial pools are drawn: see `drawInitialPool`. */
export type InitialPoolMethod = 'random' | 'stratified' | 'balanced';
