/**
 * A user's strategy as a strategy. Each query runs in a thread of its own: one that takes for ever can be ended, and
 * nothing stays behind from one query to the next, so that a run that was continued picks as one that was not.
 */
import { Worker } from 'node:worker_threads';
import { UserError } from '../../foundation/userError.ts';
import type { SampleChunk } from '../../learner/samples.ts';
import { pickProblem } from '../pickProblem.ts';
import type { QueryContext, Strategy } from '../strategy.ts';
import type { ModuleConfig, ModuleReference } from '../strategyConfig.ts';
import type { Answer, AnswerMessage, ModuleTask, Question, ThreadMessage } from './moduleMessages.ts';

/** Milliseconds between two looks at whether the run is to stop. */
const WATCH_INTERVAL = 250;

/**
 * The strategy throws `UserError` "strategy-threw", "bad-pick", "strategy-timeout", and what `loadStrategyModule` throws;
 * and what `checkInterruption` throws while it waits.
 */
export function moduleStrategy({ module, options }: ModuleConfig, checkInterruption: () => void): Strategy {
  return {
    async select(context, batchSize) {
      const { poolRows, labelled, numClasses, classNames, stream } = context;
      const seed = [stream.uint32(), stream.uint32()];
      const rows = await runInThread(
        {
          ...{ module, options, batchSize, seed },
          ...{ poolRows, labelled, numClasses, classNames },
        },
        context,
        checkInterruption,
      );
      const problem = pickProblem(rows, poolRows, batchSize);
      if (problem === undefined) return Int32Array.from(rows);
      throw new UserError(
        'bad-pick',
        `A strategy must pick as many different rows of context.poolRows as it is asked for, and ${module.path} ${problem}. ` +
          'Mend the module.',
      );
    },
  };
}

async function runInThread(
  task: ModuleTask,
  context: QueryContext,
  checkInterruption: () => void,
): Promise<readonly number[]> {
  const thread = new Worker(new URL('./moduleThread.js', import.meta.url), { workerData: task });
  const watched = watch(task.module, checkInterruption);
  try {
    return await Promise.race([watched.ended, pickOf(thread, task.module.path, answersFrom(context))]);
  } finally {
    watched.stop();
    await thread.terminate();
  }
}

/** What the thread picks, its questions answered on the way. */
function pickOf(
  thread: Worker,
  path: string,
  answerTo: (question: Question) => Promise<Answer>,
): Promise<readonly number[]> {
  return new Promise((resolve, reject) => {
    const fail = (what: string): void =>
      reject(new UserError('strategy-threw', `The strategy ${path} failed: ${what}`));
    thread.on('message', (message: ThreadMessage) => {
      if (message.kind === 'question') {
        answerTo(message.question).then(
          (answer) => thread.postMessage({ id: message.id, answer } satisfies AnswerMessage),
          reject,
        );
      } else if (message.kind === 'pick') resolve(message.rows);
      else if (message.code === undefined) fail(message.message);
      else reject(new UserError(message.code, message.message));
    });
    thread.on('error', (error) => fail(error.stack ?? String(error)));
    thread.on('exit', () => fail('its thread ended without a pick.'));
  });
}

/** `ended` rejects when time is up, or with what `checkInterruption` throws. */
function watch({ path, timeout }: ModuleReference, checkInterruption: () => void) {
  const deadline = performance.now() + 1000 * timeout;
  let timer: NodeJS.Timeout | undefined;
  const ended = new Promise<never>((_, reject) => {
    timer = setInterval(() => {
      try {
        checkInterruption();
      } catch (error) {
        reject(error);
      }
      if (performance.now() < deadline) return;
      reject(
        new UserError(
          'strategy-timeout',
          `A query of the strategy ${path} may take ${timeout} seconds, its "timeout", and took longer. ` +
            'Raise "timeout", or look for a loop without an end.',
        ),
      );
    }, WATCH_INTERVAL);
  });
  return { ended, stop: () => clearInterval(timer) };
}

/** Answers a thread's questions by `context`. */
function answersFrom(context: QueryContext): (question: Question) => Promise<Answer> {
  const iterations = new Map<number, AsyncIterator<SampleChunk>>();
  return async (question) => {
    if (question.what !== 'samples') return context[question.what]();
    const known = iterations.get(question.iteration);
    const iterator = known ?? context.samples()[Symbol.asyncIterator]();
    iterations.set(question.iteration, iterator);
    const next = await iterator.next();
    return next.done ? undefined : next.value;
  };
}
