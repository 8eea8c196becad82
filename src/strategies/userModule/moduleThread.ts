/** The thread that one query of a user's strategy runs in. */
import { parentPort, workerData } from 'node:worker_threads';
import { deriveStream } from '../../foundation/randomStream.ts';
import { UserError } from '../../foundation/userError.ts';
import type { Embeddings } from '../../learner/learner.ts';
import type { Prediction } from '../../learner/prediction.ts';
import type { SampleChunk } from '../../learner/samples.ts';
import type { Answer, AnswerMessage, ModuleTask, Question, ThreadMessage } from './moduleMessages.ts';
import { loadStrategyModule, type ModuleContext } from './strategyModule.ts';

const task = workerData as ModuleTask;
const waiting = new Map<number, (answer: Answer) => void>();
let [numQuestions, numIterations] = [0, 0];

parentPort?.on('message', ({ id, answer }: AnswerMessage) => {
  waiting.get(id)?.(answer);
  waiting.delete(id);
});

const post = (message: ThreadMessage): void => parentPort?.postMessage(message);

function ask<T extends Answer>(question: Question): Promise<T> {
  const id = numQuestions++;
  return new Promise((resolve) => {
    waiting.set(id, resolve as (answer: Answer) => void);
    post({ kind: 'question', id, question });
  });
}

async function* samples(): AsyncGenerator<SampleChunk> {
  const iteration = numIterations++;
  for (;;) {
    const chunk = await ask<SampleChunk | undefined>({ what: 'samples', iteration });
    if (chunk === undefined) return;
    yield chunk;
  }
}

const { poolRows, labelled, numClasses, classNames, seed, batchSize } = task;
const context: ModuleContext = {
  ...{ poolRows, labelled, numClasses, classNames, samples },
  predictions: () => ask<Prediction>({ what: 'predictions' }),
  embeddings: () => ask<Embeddings>({ what: 'embeddings' }),
  labelledEmbeddings: () => ask<Embeddings>({ what: 'labelledEmbeddings' }),
  stream: deriveStream('strategy', { module: seed }),
};

try {
  const strategy = await loadStrategyModule(task.module, task.options);
  const rows: unknown = await strategy.select(context, batchSize);
  post({ kind: 'pick', rows: Array.from(rows as ArrayLike<number>) });
} catch (error) {
  if (error instanceof UserError) post({ kind: 'failure', message: error.message, code: error.code });
  else
    post({
      kind: 'failure',
      message: error instanceof Error ? (error.stack ?? error.message) : String(error),
    });
}
