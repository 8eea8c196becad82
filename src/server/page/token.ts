/** Runs in the page. The token that the printed address ends in, kept for as long as the tab lives, and what it is for. */
/// <reference lib="dom" />

const KEY = 'querybench-token';

/** Takes the token out of the address, so that no picture of the screen shows it. */
export function takeToken(): void {
  const token = new URLSearchParams(location.hash.slice(1)).get('token');
  if (token === null) return;
  sessionStorage.setItem(KEY, token);
  history.replaceState(null, '', location.pathname + location.search);
}

export const hasToken = (): boolean => sessionStorage.getItem(KEY) !== null;

/** Asks the server to do something. Returns what went wrong, a whole sentence; undefined where nothing did. */
export async function ask(address: string): Promise<string | undefined> {
  try {
    const headers = { 'x-querybench-token': sessionStorage.getItem(KEY) ?? '' };
    const answer = await fetch(address, { method: 'POST', headers });
    if (answer.ok) return undefined;
    if (answer.status === 403)
      return 'For this, open the address that querybench has printed, its token included.';
    return await answer.text();
  } catch {
    return 'The server does not answer.';
  }
}
