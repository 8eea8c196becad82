/** `querybench doctor`: what this machine has, what is missing, and how to get it. */
import type { CommandModule } from 'yargs';

interface DoctorArguments {
  readonly probe: boolean;
}

export const doctorCommand: CommandModule<object, DoctorArguments> = {
  command: 'doctor',
  describe: 'Check versions, cores, memory, devices and data; say how to get what is missing',
  builder: (yargs) =>
    yargs.option('probe', {
      type: 'boolean',
      default: false,
      describe: 'Also time training on every device that works, a few seconds each',
    }),
  handler: async ({ probe }) => {
    const { examine } = await import('../examine.ts');
    const findings = await examine(probe);
    const width = Math.max(...findings.map(({ what }) => what.length));
    for (const { ok, what, finding } of findings) {
      process.stdout.write(`${ok ? 'ok     ' : 'missing'}  ${what.padEnd(width)}  ${finding}\n`);
    }
  },
};
