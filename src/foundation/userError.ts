/**
 * An error that the user can mend: its message states the rule, the value met and the remedy.
 * The command line prints the message alone and exits with 2; every other error keeps its stack trace.
 */
export class UserError extends Error {
  override readonly name = 'UserError';
  /** A stable word for programs, e.g. `unknown-name` or `wrong-checksum`. */
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
