/**
 * How a spec changes a model's training: any part of it may be given and is laid over the preset's. Another
 * optimizer or stop rule replaces the preset's whole, completed by the defaults here.
 */
import { z } from 'zod';
import type {
  AugmentationConfig,
  LossConfig,
  OptimizerConfig,
  ScheduleConfig,
  StopConfig,
} from '../models/modelConfig.ts';
import { count, withRules } from './specAxes.ts';
import { keyProblem } from './specProblems.ts';

type OptimizerDefaults = {
  readonly [Name in OptimizerConfig['name']]: Extract<OptimizerConfig, { name: Name }>;
};
type LossDefaults = { readonly [Name in LossConfig['name']]: Extract<LossConfig, { name: Name }> };
type ScheduleDefaults = {
  readonly [Name in ScheduleConfig['name']]: Extract<ScheduleConfig, { name: Name }>;
};
type StopDefaults = { readonly [Rule in StopConfig['rule']]: Extract<StopConfig, { rule: Rule }> };

/** PyTorch's defaults, but for SGD's learning rate. */
const adam = { learningRate: 0.001, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };
export const optimizerDefaults: OptimizerDefaults = {
  sgd: { name: 'sgd', learningRate: 0.01, momentum: 0, nesterov: false },
  adam: { name: 'adam', ...adam },
  adamw: { name: 'adamw', ...adam, weightDecay: 0.01 },
};

/** scikit-learn's tolerance, patience and maximum, where it has them. */
export const stopDefaults: StopDefaults = {
  epochs: { rule: 'epochs', epochs: 30 },
  steps: { rule: 'steps', steps: 1000 },
  'validation-accuracy': { rule: 'validation-accuracy', patience: 10, maximumEpochs: 200 },
  'training-loss': { rule: 'training-loss', tolerance: 1e-4, patience: 10, maximumEpochs: 200 },
  'training-accuracy': { rule: 'training-accuracy', accuracy: 1, maximumEpochs: 200 },
  'running-accuracy': { rule: 'running-accuracy', accuracy: 1, maximumEpochs: 200 },
};

export const lossDefaults: LossDefaults = {
  'cross-entropy': { name: 'cross-entropy', labelSmoothing: 0 },
  focal: { name: 'focal', gamma: 2 },
};

export const scheduleDefaults: ScheduleDefaults = {
  cosine: { name: 'cosine', final: 0 },
  step: { name: 'step', everyEpochs: 10, factor: 0.1 },
};

export const augmentationDefaults: AugmentationConfig = { cropPadding: 0, horizontalFlip: false };

const decayRate = z.number().min(0).lt(1).optional();

const optimizer = withRules(
  z.strictObject({
    name: z
      .enum(['sgd', 'adam', 'adamw'])
      .optional()
      .describe('Another name than the preset’s replaces its optimizer whole.'),
    learningRate: z
      .number()
      .positive()
      .optional()
      .describe('Step size. Default: 0.01 for sgd, 0.001 otherwise.'),
    momentum: decayRate.describe('sgd: share of the last step that is kept. Default: 0.'),
    nesterov: z.boolean().optional().describe('sgd: look ahead by the momentum. Default: false.'),
    beta1: decayRate.describe('adam, adamw: decay of the mean gradient. Default: 0.9.'),
    beta2: decayRate.describe('adam, adamw: decay of the mean squared gradient. Default: 0.999.'),
    epsilon: z
      .number()
      .positive()
      .optional()
      .describe('adam, adamw: keeps the divisor from zero. Default: 1e-8.'),
    weightDecay: z.number().min(0).optional().describe('adamw: decoupled weight decay. Default: 0.01.'),
  }),
  (patch, addProblem) => refuseForeignKeys(patch, optimizerDefaults, patch.name, 'optimizer', addProblem),
);

const stop = withRules(
  z.strictObject({
    rule: z
      .enum([
        'epochs',
        'steps',
        'validation-accuracy',
        'training-loss',
        'training-accuracy',
        'running-accuracy',
      ])
      .optional()
      .describe('When a training run ends. Another rule than the preset’s replaces its rule whole.'),
    epochs: count.optional().describe('epochs: how many. Default: 30.'),
    steps: count.optional().describe('steps: how many minibatches. Default: 1000.'),
    patience: count
      .optional()
      .describe(
        'validation-accuracy, training-loss: epochs without improvement before the end. Default: 10.',
      ),
    tolerance: z
      .number()
      .min(0)
      .optional()
      .describe('training-loss: the least fall that counts. Default: 0.0001.'),
    accuracy: z
      .number()
      .positive()
      .max(1)
      .optional()
      .describe(
        'training-accuracy (of the labelled set, after an epoch), running-accuracy (of an epoch’s own minibatches, ' +
          'under dropout and augmentation): reached, the run ends. Default: 1.',
      ),
    maximumEpochs: count.optional().describe('All but epochs and steps: the end in any case. Default: 200.'),
  }),
  (patch, addProblem) => refuseForeignKeys(patch, stopDefaults, patch.rule, 'stop rule', addProblem),
);

const loss = withRules(
  z.strictObject({
    name: z
      .enum(['cross-entropy', 'focal'])
      .describe('Another name than the preset’s replaces its loss whole.'),
    labelSmoothing: decayRate.describe(
      'cross-entropy: share of every target spread over all classes. Default: 0.',
    ),
    gamma: z
      .number()
      .min(1)
      .optional()
      .describe('focal: how strongly certain rows are played down. Default: 2.'),
  }),
  (patch, addProblem) => refuseForeignKeys(patch, lossDefaults, patch.name, 'loss', addProblem),
);

const schedule = withRules(
  z.strictObject({
    name: z.enum(['cosine', 'step']).describe('How the learning rate falls during a training run.'),
    final: z.number().min(0).max(1).optional().describe('cosine: share of the rate at the end. Default: 0.'),
    everyEpochs: count.optional().describe('step: epochs from one fall to the next. Default: 10.'),
    factor: z
      .number()
      .positive()
      .max(1)
      .optional()
      .describe('step: what the rate falls to each time. Default: 0.1.'),
  }),
  (patch, addProblem) => refuseForeignKeys(patch, scheduleDefaults, patch.name, 'schedule', addProblem),
);

/** Any part of a `TrainingConfig`. */
export const trainingPatch = z.strictObject({
  optimizer: optimizer.optional().describe('How weights follow gradients.'),
  batchSize: count.optional().describe('Rows per minibatch; more than there are labels means all of them.'),
  minimumSamplesPerEpoch: z
    .int()
    .min(0)
    .optional()
    .describe('Rows are repeated until an epoch has at least this many.'),
  l2: z
    .strictObject({
      strength: z
        .number()
        .min(0)
        .optional()
        .describe('Weight of half the sum of squared weights in the loss.'),
      dividedBy: z
        .enum(['one', 'minibatch', 'labelled'])
        .optional()
        .describe(
          'What the penalty is divided by: nothing, the rows of the minibatch, or the rows trained on.',
        ),
    })
    .optional()
    .describe('L2 penalty; biases are left out.'),
  stop: stop.optional().describe('When a training run ends.'),
  loss: loss.optional().describe('What training minimises. Default: cross-entropy.'),
  augmentation: z
    .strictObject({
      cropPadding: z
        .int()
        .min(0)
        .optional()
        .describe('Images are moved by up to this many pixels along each axis, zeros moving in. Default: 0.'),
      horizontalFlip: z.boolean().optional().describe('Half of the images are mirrored. Default: false.'),
    })
    .optional()
    .describe('Random changes of the images trained on; replaces the preset’s whole. Default: none.'),
  schedule: schedule.optional().describe('How the learning rate changes. Default: not at all.'),
  clipNorm: z
    .number()
    .positive()
    .optional()
    .describe('Gradients are scaled down until their joint norm is at most this. Default: never.'),
  start: z.enum(['cold', 'warm']).optional().describe('New weights every round, or the previous round’s.'),
});

export type TrainingPatch = z.output<typeof trainingPatch>;

function refuseForeignKeys(
  patch: Readonly<Record<string, unknown>>,
  defaults: Readonly<Record<string, object>>,
  name: unknown,
  kind: string,
  addProblem: (message: string, key: string) => void,
): void {
  if (typeof name !== 'string' || !Object.hasOwn(defaults, name)) return;
  const known = Object.keys(defaults[name] ?? {});
  for (const key of Object.keys(patch)) {
    if (!known.includes(key))
      addProblem(keyProblem(key, known, `is no option of the ${kind} "${name}"`), key);
  }
}
