/** What a labelled data set is, once loaded. Rows are numbered train file first, then test file. */
export interface Dataset {
  readonly info: DatasetInfo;
  /**
   * [numSamples, numFeatures], row-major. Bytes, such as pixels, stay bytes and are normalised inside the compiled
   * program; floats are normalised already.
   */
  readonly features: Features;
  readonly labels: ClassLabels;
}

export type Features = Uint8Array<ArrayBufferLike> | Float32Array<ArrayBufferLike>;

/** [numSamples], class indices. */
export type ClassLabels = Uint8Array | Int32Array;

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
  /** SHA-256 over the SHA-256s of the files, and over how they are read: equal if and only if the data are. */
  readonly fingerprint: string;
  /** Named affine maps from a stored value to the model's input: value * scale + shift. */
  readonly normalizations: Normalizations;
  /** What loading has done to the values; absent: nothing. */
  readonly scaling?: HostScaling;
  readonly license: string;
  readonly source: string;
}

/**
 * `none`: as they are. `unit`: all into [0, 1], by one range. `standard`: less the mean, over the standard deviation; of
 * the whole train file for the data sets that are built in, else as `normalizeFeatures` says. `minmax`: each feature
 * into [0, 1].
 */
export type NormalizationName = 'none' | 'unit' | 'standard' | 'minmax';

type Normalizations = Readonly<
  Record<'unit' | 'standard', Normalization> & Partial<Record<NormalizationName, Normalization>>
>;

/**
 * Values less an offset, over a width; 0 where the width is. One of each for all features, for each, or for each run of
 * neighbours (a channel).
 */
export interface HostScaling {
  readonly offsets: readonly number[];
  readonly widths: readonly number[];
}

export interface Normalization {
  readonly scale: number;
  readonly shift: number;
}

/** All that decides a data set's rows, their values and their division, and nothing else but paths. */
export interface DatasetConfig {
  /** Of a data set that is built in; else what its file is called. */
  readonly name: string;
  readonly fingerprint: string;
  readonly normalization: NormalizationName;
  readonly split: SplitConfig;
  readonly initialPool: InitialPoolMethod;
  /** Absent: a data set that is built in. */
  readonly source?: FileSource;
}

/** Where a user's own data lie. Contents decide, by way of the fingerprint; paths do not. */
export interface FileSource {
  /** Samples: the matrix of a table, or an array of any rank. */
  readonly path: string;
  /** A column of the samples' file, or a file of their own. */
  readonly labels: LabelSource;
  readonly test?: { readonly path: string; readonly labels: LabelSource };
  /** Columns that are no features. */
  readonly exclude: readonly string[];
}

export type LabelSource = { readonly column: string } | { readonly path: string };

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
