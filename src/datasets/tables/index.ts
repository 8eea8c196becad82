/** Numbers in files: NumPy, CSV, Parquet and IDX. */
export { readMatrix, readTable } from './readTable.ts';
export { writeNpy } from './writeNpy.ts';
