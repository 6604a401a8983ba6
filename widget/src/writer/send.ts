import type { Hall } from "../hall.ts";
import type { Problem } from "../types.ts";

/** The comment that something on the page belongs to. */
export const idOf = (at: Element): string => at.closest<HTMLElement>("[data-mh-comment]")!.dataset.mhComment!;

/** A write to the API; no answer when the server can't be reached. */
export function send(
  hall: Hall,
  method: string,
  path: string,
  body?: object,
  headers?: object,
): Promise<Response | undefined> {
  const json = body && { body: JSON.stringify(body), headers: { "Content-Type": "application/json", ...headers } };
  return hall.ask("/api/v1/" + path, { method, ...json }).catch(() => undefined);
}

/** What is wrong, as the server says; a proxy's page in place of our answer says nothing. */
export const problemOf = (answer?: Response): Promise<Problem> =>
  (answer?.json() ?? Promise.resolve({})).catch(() => ({})) as Promise<Problem>;

/** Why something did not work, in the server's words where it had any. */
export const reason = async (hall: Hall, answer?: Response): Promise<string> =>
  (await problemOf(answer)).detail ?? hall.words("failed");
