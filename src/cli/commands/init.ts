/** `querybench init [file]`: a commented spec to start from. */
import type { CommandModule } from 'yargs';

interface InitArguments {
  readonly file: string;
}

export const initCommand: CommandModule<object, InitArguments> = {
  command: 'init [file]',
  describe: 'Write a commented starter spec',
  builder: (yargs) =>
    yargs.positional('file', { type: 'string', default: 'experiment.yaml', describe: 'Must not exist yet' }),
  handler: async ({ file }) => {
    const { starterSpec } = await import('../starterSpec.ts');
    const { writeOutput } = await import('../writeOutput.ts');
    writeOutput(starterSpec, file, 'wx');
    process.stdout.write(
      `${file} is written. Next: querybench run ${file} --dry-run, then querybench run ${file} --report\n`,
    );
  },
};
