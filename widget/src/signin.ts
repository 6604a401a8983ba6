import type { EmbeddedHall } from "./embed.ts";

/** Where the verifier waits when the reader has to leave the host page to sign in. */
export const HANDOFF = "mh:handoff";
/** A sign-in may take a mail to arrive; after this nobody waits any more. */
const PATIENCE_MS = 10 * 60_000;

export interface SignIn {
  signIn(hall: EmbeddedHall, href: string, popup: Window | null): Promise<void>;
  comeBack(hall: EmbeddedHall): Promise<void>;
}

/** Sends the window to our sign-in; its result can be collected only by the holder of the verifier. */
export async function signIn(hall: EmbeddedHall, href: string, popup: Window | null): Promise<void> {
  const verifier = base64url(crypto.getRandomValues(new Uint8Array(32)));
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier));
  const url = new URL(href);
  const hash = base64url(new Uint8Array(digest));
  url.searchParams.set("handoff", hash);
  if (popup) {
    const unheard = vouch(popup, url.origin, hash);
    popup.location = url.href;
    if (await collect(hall, verifier, PATIENCE_MS)) popup.close();
    return unheard();
  }
  // No window: the whole page goes there, and what is needed on return is kept in this tab.
  sessionStorage.setItem(HANDOFF, verifier);
  url.searchParams.set("next", location.href);
  location.assign(url);
}

/** Tells the window, when it asks, that it was opened from here.  Gives what ends that. */
function vouch(popup: Window, origin: string, hash: string): () => void {
  const hear = (event: MessageEvent): void => {
    if (event.source === popup && event.origin === origin && event.data === `mh:whose:${hash}`)
      popup.postMessage(`mh:mine:${hash}`, origin);
  };
  addEventListener("message", hear);
  return () => removeEventListener("message", hear);
}

/** Back on the host page: collects the result of the sign-in that left it. */
export async function comeBack(hall: EmbeddedHall): Promise<void> {
  const verifier = sessionStorage.getItem(HANDOFF)!;
  sessionStorage.removeItem(HANDOFF);
  await collect(hall, verifier, 10_000);
}

/** Whether somebody was signed in. */
async function collect(hall: EmbeddedHall, verifier: string, patience: number): Promise<boolean> {
  const until = performance.now() + patience;
  for (let wait = 500; performance.now() < until && hall.isConnected; wait = Math.min(4_000, wait * 1.3)) {
    const token = await redeem(hall, verifier).catch(() => undefined);
    if (token) {
      enter(hall, token);
      return true;
    }
    await new Promise((done) => setTimeout(done, wait));
  }
  return false;
}

/** The proof of sign-in, once there is one. */
async function redeem(hall: EmbeddedHall, verifier: string): Promise<string | undefined> {
  const answer = await hall.ask("/api/v1/handoff", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ verifier }),
  });
  return answer.ok ? ((await answer.json()) as { token?: string }).token : undefined;
}

/** All discussions of ours on the page are signed in at once. */
function enter(hall: EmbeddedHall, token: string): void {
  for (const other of document.querySelectorAll<EmbeddedHall>("moot-hall"))
    if (other.base === hall.base) {
      other.token = token;
      other.restart();
    }
}

/** Source: RFC 4648, section 5, without padding. */
function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes)).replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");
}
