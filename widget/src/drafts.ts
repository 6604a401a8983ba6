/** A text not yet posted; `key` makes every try to post it the same try. */
export interface Draft {
  body: string;
  key: string;
  /** Whose it is; nobody's before a sign-in.  Nobody else is shown it. */
  me?: string | undefined;
  /** Set when its writer was sent to sign in from this field, to return to it. */
  here?: boolean;
}

/** By what they are for: empty for the story, a comment's id for a reply, `edit:ID` for a change. */
export type Drafts = Record<string, Draft>;

/**
 * What is stored of a story's drafts: this tab's own, else what another tab has left, which may have died
 * while somebody wrote.  Throws where storage is forbidden.
 */
export const storedDrafts = (story: string): string | undefined =>
  (sessionStorage["mh:" + story] ?? localStorage["mh:" + story]) as string | undefined;

/** The same, and nothing where storage is forbidden. */
export function someDrafts(story: string): string | undefined {
  try {
    return storedDrafts(story);
  } catch {
    return undefined;
  }
}
