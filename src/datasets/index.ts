/** Data sets: what there is, where it is, how it is read, checked, fetched and divided. */
export { type DatasetName, datasetInfo, datasetNames } from './catalogue.ts';
export type {
  Dataset,
  DatasetInfo,
  IndexMaskReference,
  InitialPoolMethod,
  Normalization,
  NormalizationName,
  Split,
  SplitConfig,
} from './dataset.ts';
export { type FetchOptions, fetchDataset } from './fetchDataset.ts';
export type { FetchProgress } from './fetchFile.ts';
export { type IndexMasks, maskOf, readIndexMasks } from './indexMasks.ts';
export { checkInitialPoolSize, drawInitialPool, type InitialPoolRequest } from './initialPool.ts';
export { loadDataset } from './loadDataset.ts';
export { cacheDirectory, type FileLocation, locateDataset, type Origin } from './locateDataset.ts';
export { type SplitRequest, splitDataset } from './splitDataset.ts';
export { type SplitSizes, splitSizes } from './splitSizes.ts';
export { type FileVerdict, verifyDataset } from './verifyDataset.ts';
export { waysToGetDataset } from './waysToGet.ts';
