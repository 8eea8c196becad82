/** Every device of every engine: whether it computes here, and on request how fast it trains. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { engines } from '../engines/index.ts';
import type { DeviceFinding, Finding } from './finding.ts';

const PROBE_SECONDS = 2;

/** One after another with a probe, which wants the machine to itself. */
export async function examineDevices(probe: boolean): Promise<Finding[]> {
  const pairs = Object.entries(engines).flatMap(([engine, { devices }]) =>
    devices.filter((device) => device !== 'auto').map((device) => ({ engine, device })),
  );
  if (!probe) return Promise.all(pairs.map(async (pair) => describe(pair, await examine(pair, 0))));
  const findings: Finding[] = [];
  for (const pair of pairs) findings.push(describe(pair, await examine(pair, PROBE_SECONDS)));
  return findings;
}

interface Pair {
  readonly engine: string;
  readonly device: string;
}

async function examine({ engine, device }: Pair, seconds: number): Promise<DeviceFinding> {
  const script = fileURLToPath(new URL('./examineDevice.js', import.meta.url));
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [script, engine, device, String(seconds)]);
    return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as DeviceFinding;
  } catch (error) {
    const { signal, code } = error as { signal?: string | null; code?: number | string };
    return { state: 'missing', reason: `Its process ended with ${signal ?? `code ${code}`}.` };
  }
}

function describe({ engine, device }: Pair, finding: DeviceFinding): Finding {
  const what = `${engine} on ${device}`;
  if (finding.state === 'missing') return { ok: false, what, finding: finding.reason };
  const { engine: _, device: __, ...versions } = finding.environment;
  const rates = Object.entries(finding.rates ?? {}).map(([numReplicas, rate]) => {
    const replicas = numReplicas === '1' ? 'one by one' : `${numReplicas} side by side`;
    return `${rate >= 100 ? Math.round(rate) : rate.toPrecision(2)} training steps/s of the mlp preset, ${replicas}`;
  });
  const known = Object.entries(versions).map(([key, value]) => `${key} ${value}`);
  return { ok: true, what, finding: [...known, ...rates].join(', ') || 'works' };
}
