import type { Hall } from "../hall.ts";
import type { Problem } from "../types.ts";

/** The comment that something on the page belongs to. */
export const idOf = (at: Element): string => at.closest<HTMLElement>("[data-mh-comment]")!.dataset.mhComment!;

/** A write to the API; no answer when the server can't be reached. */
export function send(hall: Hall, method: string, path: string, body?: object): Promise<Response | undefined> {
  const json = body && { body: JSON.stringify(body), headers: { "Content-Type": "application/json" } };
  return hall.ask("/api/v1/" + path, { method, ...json }).catch(() => undefined);
}

/** Why something did not work, in the server's words where it had any. */
export async function reason(hall: Hall, answer?: Response): Promise<string> {
  const problem = (await answer?.json().catch(() => null)) as Problem | null | undefined;
  return problem?.detail ?? hall.words("failed");
}
