import { describe, expect, test } from 'vitest';
import { computesOnCores, createEngine, engines } from '../../src/engines/index.ts';

describe('createEngine', () => {
  test.each(Object.keys(engines))('%s computes on its first device where none is named', async (name) => {
    const engine = await createEngine(name);
    expect(engine.device).toBe(engines[name]?.devices[0]);
    expect(engine.environment).toMatchObject({ engine: name, device: engine.device });
    expect(computesOnCores(engine)).toBe(true);
  });

  test('names what there is instead of an unknown engine or device', async () => {
    await expect(createEngine('onxx')).rejects.toThrow(
      /^Unknown engine "onxx". Did you mean "onnx"\? Known: .*onnx/,
    );
    await expect(createEngine('reference', 'cup')).rejects.toThrow(
      'Unknown device of engine "reference" "cup". Did you mean "cpu"? Known: cpu.',
    );
  });
});
