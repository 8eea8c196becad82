/** Data sets: what there is, where it is, how it is read, checked, fetched and divided. */
export type { Box, BoxTruth, DetectedBox, TrueBox } from './boxes/boxes.ts';
export { datasetInfo, datasetNames } from './catalogue.ts';
export type {
  Dataset,
  DatasetConfig,
  DatasetInfo,
  FileSource,
  LabelSource,
  Split,
  SplitConfig,
} from './dataset.ts';
export { fetchDataset } from './fetchDataset.ts';
export type { FetchProgress } from './fetchFile.ts';
export { needsStatistics } from './files/normalizeFeatures.ts';
export { readFileDataset } from './files/readFileDataset.ts';
export { type IndexMasks, readIndexMasks } from './indexMasks.ts';
export { checkInitialPoolSize, drawInitialPool } from './initialPool.ts';
export { datasetKey, loadConfigured, normalizationOf } from './loadConfigured.ts';
export { loadDataset } from './loadDataset.ts';
export { type FileLocation, locateDataset, type Origin } from './locateDataset.ts';
export { splitDataset } from './splitDataset.ts';
export { type SplitSizes, splitSizes } from './splitSizes.ts';
export { isTablePath } from './tables/readTable.ts';
export { type FileVerdict, verifyDataset } from './verifyDataset.ts';
export { waysToGetDataset } from './waysToGet.ts';
