/** Thrown where a trial notices that the run is to stop; its finished rounds are stored already. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}
