/** Characters as readers count them: a family of four is one. */
export function graphemes(text: string): number {
  let count = 0;
  for (const _ of new Intl.Segmenter().segment(text.trim())) count++;
  return count;
}
