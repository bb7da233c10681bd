/** Characters as people see them: a letter with its accents, an emoji with all that modifies it (Unicode Standard Annex 29). */

/** Longer than any cluster that a person writes; beyond it, one is cut. */
const LONGEST = 64;

let segmenter: Intl.Segmenter | null = null;

/** Whether the character at `index` is one that joins with nothing before it. */
function standsAlone(text: string, index: number): boolean {
  return index >= text.length || text.charCodeAt(index) < 0x300;
}

/** The index behind the cluster that begins at `index`. */
export function nextCluster(text: string, index: number): number {
  if (index >= text.length) return text.length;
  if (standsAlone(text, index) && standsAlone(text, index + 1)) return index + 1;
  segmenter ??= new Intl.Segmenter(undefined, { granularity: "grapheme" });
  const part = text.slice(index, index + LONGEST);
  for (const { segment } of segmenter.segment(part)) return index + segment.length;
  return index + 1;
}

/** The index at which the cluster before `index` begins. */
export function previousCluster(text: string, index: number): number {
  if (index <= 0) return 0;
  let start = index - 1;
  // Clusters are found from their beginnings: goes back to a place where one surely begins.
  while (start > 0 && index - start < LONGEST && !standsAlone(text, start)) start--;
  let last = start;
  for (let at = start; at < index; at = nextCluster(text, at)) last = at;
  return last;
}
