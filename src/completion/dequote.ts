/** The word that `compgen` is given, as it is compared with names. */

/** `word` without its quoting. Nothing is expanded; a quotation may be open at its end. */
export function dequote(word: string): string {
  if (!/[\\'"]/.test(word)) return word;
  return word.replaceAll(
    /\\([^]?)|'([^']*)'?|"((?:\\[^]|[^"\\])*)"?/g,
    (_, escaped?: string, single?: string, double?: string) =>
      escaped ?? single ?? double!.replaceAll(/\\([$`"\\\n])/g, "$1"),
  );
}
