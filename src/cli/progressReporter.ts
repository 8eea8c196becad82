/** How far a run is: a bar on a terminal, a line per trial elsewhere. */
import cliProgress from 'cli-progress';
import type { Reporter, RunStart } from '../experiment/reporter.ts';
import { counted } from '../foundation/counted.ts';
import type { Trial, TrialFooter } from '../store/record.ts';
import { RunClock } from './runClock.ts';

export interface ProgressDisplay {
  readonly reporter: Reporter;
  /** Prints a line without spoiling the bar. */
  note(line: string): void;
  /** Call in the end; a second call does nothing. */
  end(): void;
}

/** `output`: where progress goes, so that standard output stays the result's. */
export function progressReporter(output: NodeJS.WriteStream): ProgressDisplay {
  let clock: RunClock | undefined;
  const bar = output.isTTY ? createBar(output) : undefined;
  const note = (line: string): void => {
    if (bar) output.write(`\r\u001b[K${line}\n`);
    else output.write(`${line}\n`);
  };
  let numEnded = 0;
  let isOpen = true;
  return {
    reporter: {
      onStart(event) {
        clock = new RunClock(event);
        note(headline(event));
        if (event.remaining.length > 0) bar?.start(1, 0, { trials: '', timeLeft: '?' });
      },
      onRound({ trial }) {
        clock?.advance(trial);
        if (clock) bar?.update(clock.fraction, { timeLeft: clock.timeLeft });
      },
      onTrialEnd({ trial, footer }) {
        numEnded++;
        clock?.end(trial);
        const count = `${numEnded}/${clock?.numTrials ?? '?'}`;
        if (footer.status === 'failed' || !bar) note(`[${count}] ${outcome(trial, footer)}`);
        bar?.update({ trials: `${count} trials` });
      },
      onWarning: (message) => note(`warning: ${message}`),
    },
    note,
    end() {
      if (isOpen) bar?.stop();
      isOpen = false;
    },
  };
}

function createBar(output: NodeJS.WriteStream): cliProgress.SingleBar {
  const format = '[{bar}] {percentage}%  {trials}  {duration_formatted} gone, {timeLeft} left';
  return new cliProgress.SingleBar({
    stream: output,
    format,
    barsize: 30,
    noTTYOutput: false,
    gracefulExit: false,
  });
}

function headline({ trials, remaining, numFinished, numWorkers, packSize, directory }: RunStart): string {
  if (remaining.length === 0) return `All ${trials.length} trials are in ${directory} already.`;
  const stored = numFinished > 0 ? `, ${numFinished} finished earlier` : '';
  const packs = packSize > 1 ? `, up to ${packSize} side by side` : '';
  const workers = counted(numWorkers, 'worker') + packs;
  return `${remaining.length} of ${trials.length} trials to run${stored}, on ${workers}, into ${directory}`;
}

function outcome({ labels, identity }: Trial, footer: TrialFooter): string {
  const where = `${labels.dataset} ${labels.model} ${labels.strategy}, pool ${identity.initialPoolSize}, seed ${identity.seed}`;
  const seconds = `${footer.seconds.toFixed(1)} s`;
  return footer.status === 'failed'
    ? `${where}: failed: ${footer.reason}`
    : `${where}: ${footer.numRounds} rounds, ${seconds}`;
}
