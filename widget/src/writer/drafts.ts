import { draftKey, storedDrafts, type Draft, type Drafts } from "../drafts.ts";

/** Drafts of a story; a damaged store counts as an empty one. */
export function readDrafts(story: string): Drafts {
  try {
    return (JSON.parse(storedDrafts(story) ?? "{}") as Drafts | null) ?? {};
  } catch {
    return {};
  }
}

/** Keeps one draft, or forgets it; nothing is left in the store when none remains. */
export function writeDraft(story: string, name: string, draft?: Draft): void {
  const drafts = readDrafts(story);
  if (draft) drafts[name] = draft;
  else delete drafts[name];
  try {
    if (Object.keys(drafts).length) sessionStorage.setItem(draftKey(story), JSON.stringify(drafts));
    else sessionStorage.removeItem(draftKey(story));
  } catch {
    // Full or forbidden: the text still stands in its field.
  }
}
