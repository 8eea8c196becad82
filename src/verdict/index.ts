/** Is any strategy worse than it was? Baselines, checks and what these find: pure functions, but for reading a file. */
export { audit } from './audit.ts';
export { BASELINE_VERSION, type Baseline, type BaselineCell, type BaselineSeed } from './baseline.ts';
export { type CheckOptions, check } from './check.ts';
export {
  type AuditProblem,
  type CellOutcome,
  type CellVerdict,
  type CheckOutcome,
  type CheckReport,
  checkOutcome,
  type FailedTrial,
  type IdentityVerdict,
  type InvariantVerdict,
  type MissingCell,
  type Parting,
  type SpeedPhase,
  type SpeedVerdict,
} from './checkReport.ts';
export {
  type ChangedTrial,
  diffResults,
  type ResultsDiff,
  type TrialName,
  type TrialPair,
} from './diffResults.ts';
export { worstFirst } from './judgeCells.ts';
export { makeBaseline } from './makeBaseline.ts';
export { parseBaseline, readBaseline } from './readBaseline.ts';
export { renderBaseline } from './renderBaseline.ts';
