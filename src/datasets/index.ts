/** Data sets: what there is, where it is, how it is read, checked, fetched and divided. */
export { datasetInfo, datasetNames } from './catalogue.ts';
export type {
  Dataset,
  DatasetInfo,
  Split,
  SplitConfig,
} from './dataset.ts';
export { fetchDataset } from './fetchDataset.ts';
export type { FetchProgress } from './fetchFile.ts';
export { type IndexMasks, readIndexMasks } from './indexMasks.ts';
export { checkInitialPoolSize, drawInitialPool } from './initialPool.ts';
export { loadDataset } from './loadDataset.ts';
export { type FileLocation, locateDataset, type Origin } from './locateDataset.ts';
export { splitDataset } from './splitDataset.ts';
export { type SplitSizes, splitSizes } from './splitSizes.ts';
export { type FileVerdict, verifyDataset } from './verifyDataset.ts';
export { waysToGetDataset } from './waysToGet.ts';
