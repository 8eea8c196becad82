import { defineConfig } from 'vitest/config';

/** A file for `.ci/run` to read the counts from. */
const report = process.env.QUERYBENCH_TEST_REPORT;

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Native sessions keep their threads: one process per file, no isolation games within it.
    pool: 'forks',
    // Many tests wait for processes they have started: a spare core would idle.
    maxWorkers: 2,
    testTimeout: 60_000,
    reporters: report === undefined ? ['default'] : ['default', 'json'],
    ...(report !== undefined && { outputFile: { json: report } }),
  },
});
