/** Makes a text that fails smaller, as long as it still does: by lines, by words, by characters. */
export function shrink(text: string, fails: (text: string) => boolean): string {
  let smallest = text;
  for (const pattern of [/[^\n]*\n|[^\n]+/gu, /\w+|\s+|[^\w\s]/gu, /[^]/gu]) {
    let pieces: string[] = smallest.match(pattern) ?? [];
    for (let size = pieces.length; size >= 1; size = size > 1 ? Math.ceil(size / 2) : 0) {
      for (let at = 0; at < pieces.length;) {
        const fewer = pieces.toSpliced(at, size);
        if (fails(fewer.join(""))) pieces = fewer;
        else at += size;
      }
      if (size === 1) break;
    }
    smallest = pieces.join("");
  }
  return smallest;
}
