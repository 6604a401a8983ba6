/** A text not yet posted; `key` makes every try to post it the same try. */
export interface Draft {
  body: string;
  key: string;
  /** Set when its writer was sent to sign in from this field, to return to it. */
  here?: true;
}

/** By what they are for: empty for the story, a comment's id for a reply, `edit:ID` for a change. */
export type Drafts = Record<string, Draft>;

/** The key of a story's drafts in this tab's storage. */
export const draftKey = (story: string): string => "mh:" + story;

/** What is stored of a story's drafts.  Storage may be forbidden altogether; then there is none. */
export function storedDrafts(story: string): string | null {
  try {
    return sessionStorage.getItem(draftKey(story));
  } catch {
    return null;
  }
}
