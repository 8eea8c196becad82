/** Runs in the page. A stream of messages that finds its server again, however long that was away. */
/// <reference lib="dom" />

export type Connection = 'open' | 'lost';

const RETRY_MILLISECONDS = 1500;

/**
 * A browser tries again by itself when a connection breaks, but gives up when it is answered with an error, as by a server that
 * does not know the run yet.
 */
export function connect<Message>(
  address: string,
  onMessage: (message: Message) => void,
  onConnection: (state: Connection) => void,
): void {
  const source = new EventSource(address);
  source.addEventListener('open', () => onConnection('open'));
  source.addEventListener('message', ({ data }) => onMessage(JSON.parse(data)));
  source.addEventListener('error', () => {
    onConnection('lost');
    if (source.readyState !== EventSource.CLOSED) return;
    setTimeout(() => connect(address, onMessage, onConnection), RETRY_MILLISECONDS);
  });
}
