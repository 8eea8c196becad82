/** How far `querybench select` is: a bar on a terminal, nothing elsewhere but the last line. */
import cliProgress from 'cli-progress';

export interface SelectProgress {
  /** Runs `work`, whose argument tells how far it is, from 0 to 1. */
  stage<T>(name: string, work: (advance: (fraction: number) => void) => Promise<T>): Promise<T>;
  /** Prints a line after the bar. */
  note(line: string): void;
  /** Call in the end, whatever happened. */
  end(): void;
}

/** `output`: where progress goes, so that standard output stays the result's. */
export function selectProgress(output: NodeJS.WriteStream): SelectProgress {
  const bar = output.isTTY
    ? new cliProgress.SingleBar({
        ...{ stream: output, barsize: 30, clearOnComplete: true, hideCursor: true, emptyOnZero: true },
        format: '{stage} [{bar}] {percentage} %, {duration_formatted}',
      })
    : undefined;
  return {
    async stage(name, work) {
      bar?.start(1, 0, { stage: name.padEnd(9) });
      const result = await work((fraction) => bar?.update(Math.min(1, fraction)));
      bar?.update(1);
      bar?.stop();
      return result;
    },
    note: (line) => void output.write(`${line}\n`),
    end: () => bar?.stop(),
  };
}
