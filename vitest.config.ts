import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Native sessions keep their threads: one process per file, no isolation games within it.
    pool: 'forks',
    testTimeout: 60_000,
  },
});
