/** What `querybench doctor` finds. */

/** A line of the table. */
export interface Finding {
  readonly ok: boolean;
  readonly what: string;
  readonly finding: string;
}

/** What the process that examines a device says. */
export type DeviceFinding =
  | {
      readonly state: 'works';
      readonly environment: Readonly<Record<string, string>>;
      /** Training steps per second of all replicas together, by their number. */
      readonly rates?: Readonly<Record<string, number>>;
    }
  /** In the words of the error that a run would end with. */
  | { readonly state: 'missing'; readonly reason: string };
