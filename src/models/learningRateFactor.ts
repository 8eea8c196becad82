/** Learning-rate schedules: what the rate is multiplied with at a step. */
import type { ScheduleConfig } from './modelConfig.ts';

export interface TrainingProgress {
  /** From 0. */
  readonly step: number;
  readonly stepsPerEpoch: number;
  /** Of the run as a whole, or the most it may have where a stop rule can end it sooner. */
  readonly totalSteps: number;
}

/** 1 where there is no schedule. */
export function learningRateFactor(
  config: ScheduleConfig | undefined,
  { step, stepsPerEpoch, totalSteps }: TrainingProgress,
): number {
  switch (config?.name) {
    case undefined:
      return 1;
    case 'cosine':
      return config.final + ((1 - config.final) * (1 + Math.cos((Math.PI * step) / totalSteps))) / 2;
    case 'step':
      return config.factor ** Math.floor(step / (stepsPerEpoch * config.everyEpochs));
  }
}
