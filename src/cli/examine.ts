/** The findings of `querybench doctor`. An engine counts as present only if it just trained something. */
import { availableParallelism, cpus, freemem, totalmem } from 'node:os';
import { datasetInfo, datasetNames, locateDataset, waysToGetDataset } from '../datasets/index.ts';
import { createEngine, engines } from '../engines/index.ts';
import { environment } from '../experiment/environment.ts';
import { add, input } from '../tensor/ops.ts';
import { program } from '../tensor/program.ts';

export interface Finding {
  readonly ok: boolean;
  readonly what: string;
  readonly finding: string;
}

export async function examine(): Promise<Finding[]> {
  const {
    querybench = '?',
    node = '?',
    platform = '?',
    cpuFeatures = 'not known here',
  } = await environment({});
  const gibibytes = (bytes: number): string => `${(bytes / 2 ** 30).toFixed(1)} GiB`;
  const present = (what: string, finding: string): Finding => ({ ok: true, what, finding });
  return [
    present('querybench', querybench),
    present('node', `${node}, ${platform}`),
    present('cores', `${availableParallelism()} (${cpus()[0]?.model ?? 'unknown'}; ${cpuFeatures})`),
    present('memory', `${gibibytes(freemem())} free of ${gibibytes(totalmem())}`),
    ...(await Promise.all(Object.keys(engines).map(examineEngine))),
    ...(await Promise.all(datasetNames.map(examineDataset))),
  ];
}

async function examineEngine(name: string): Promise<Finding> {
  const what = `engine ${name}`;
  try {
    const engine = await createEngine(name);
    const x = input('x', 'float32', [2]);
    const executable = await engine.compile(program({ twice: add(x, x) }));
    const { twice } = await executable.run({
      x: engine.upload({ dtype: 'float32', shape: [2], data: Float32Array.of(1, 2) }),
    });
    const result = await twice?.read();
    await executable.dispose();
    if (result?.data[1] !== 4) throw new Error(`it computed 2 + 2 = ${result?.data[1]}`);
    const versions = Object.entries(engine.environment).map(([key, value]) => `${key} ${value}`);
    return { ok: true, what, finding: `device ${engine.device}; ${versions.join(', ')}` };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return {
      ok: false,
      what,
      finding: `${reason}. Reinstall with npm ci; the README names supported platforms.`,
    };
  }
}

async function examineDataset(name: string): Promise<Finding> {
  const locations = await locateDataset(name);
  const what = `data ${name}`;
  if (locations.some(({ status }) => status === 'missing')) {
    return { ok: false, what, finding: waysToGetDataset(name).replaceAll('\n', ' ') };
  }
  const origins = new Set(
    locations.flatMap((location) => (location.status === 'found' ? [location.origin] : [])),
  );
  return {
    ok: true,
    what,
    finding: `${datasetInfo(name).numSamples.toLocaleString('en')} samples, from ${[...origins].join(', ')}`,
  };
}
