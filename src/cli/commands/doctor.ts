/** `querybench doctor`: what this machine has, what is missing, and how to get it. */
import type { CommandModule } from 'yargs';

export const doctorCommand: CommandModule = {
  command: 'doctor',
  describe: 'Check versions, cores, memory, engines and data; say how to get what is missing',
  handler: async () => {
    const { examine } = await import('../examine.ts');
    const findings = await examine();
    const width = Math.max(...findings.map(({ what }) => what.length));
    for (const { ok, what, finding } of findings) {
      process.stdout.write(`${ok ? 'ok     ' : 'missing'}  ${what.padEnd(width)}  ${finding}\n`);
    }
  },
};
