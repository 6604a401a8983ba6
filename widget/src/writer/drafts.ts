import { storedDrafts, type Draft, type Drafts } from "../drafts.ts";

/** Drafts of a story; a damaged or forbidden store counts as an empty one. */
export function readDrafts(story: string): Drafts {
  try {
    return JSON.parse(storedDrafts(story) ?? "{}") as Drafts;
  } catch {
    return {};
  }
}

/** Keeps one draft, or forgets it; nothing is left in the store when none remains. */
export function writeDraft(story: string, name: string, draft?: Draft): void {
  const text = JSON.stringify({ ...readDrafts(story), [name]: draft });
  try {
    for (const store of [sessionStorage, localStorage])
      // More than "{}".
      if (text[2]) store["mh:" + story] = text;
      else delete store["mh:" + story];
  } catch {
    // Full or forbidden: the text still stands in its field.
  }
}
