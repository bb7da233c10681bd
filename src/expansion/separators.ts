/** What IFS means for field splitting (XCU 2.6.5): a class for each character, made once for each value of IFS. */

const NONE = 0;
/** White space in IFS: any run of it is one delimiter, and it vanishes at both ends. */
const WHITE_SPACE = 1;
/** Any other character in IFS: each one delimits a field. */
const DELIMITER = 2;

const DEFAULT = " \t\n";
/** How many values of IFS are remembered: scripts change it back and forth. */
const MAXIMUM_KNOWN = 64;

export class Separators {
  /** What joins the fields of `"$*"`: the first character of IFS, a space if IFS is unset, nothing if it is null. */
  readonly joiner: string;
  /** Whether nothing is split: IFS is null. */
  readonly none: boolean;
  /** Whether IFS is at its default, for which there are faster ways. */
  readonly isDefault: boolean;
  /** The only character of IFS; empty if there are others or none. */
  private readonly sole: string;
  /** Classes of the characters below 128. */
  private readonly ascii = new Uint8Array(128);
  private readonly others: ReadonlySet<number> | null;

  private static readonly known = new Map<string, Separators>();
  private static usual: Separators | null = null;
  private static null: Separators | null = null;

  /** @param ifs the value of IFS; `undefined` if it is unset, which counts as space, tab and newline */
  static of(ifs: string | undefined): Separators {
    // `IFS= read` comes by these for each line.
    if (ifs === undefined || ifs === DEFAULT) return Separators.usual ??= new Separators(DEFAULT);
    if (ifs === "") return Separators.null ??= new Separators("");
    return Separators.remembered(ifs);
  }

  private static remembered(text: string): Separators {
    let separators = Separators.known.get(text);
    if (separators === undefined) {
      if (Separators.known.size >= MAXIMUM_KNOWN) Separators.known.clear();
      separators = new Separators(text);
      Separators.known.set(text, separators);
    }
    return separators;
  }

  private constructor(text: string) {
    const others = new Set<number>();
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (code < 128) {
        this.ascii[code] = code === 32 || code === 9 || code === 10 ? WHITE_SPACE : DELIMITER;
      } else others.add(code);
    }
    this.others = others.size > 0 ? others : null;
    const first = text.codePointAt(0);
    this.joiner = first === undefined ? "" : String.fromCodePoint(first);
    this.none = text === "";
    this.sole = text.length === 1 ? text : "";
    this.isDefault = text === DEFAULT;
  }

  private classOf(code: number): number {
    if (code < 128) return this.ascii[code]!;
    return this.others !== null && this.others.has(code) ? DELIMITER : NONE;
  }

  isSeparator(code: number): boolean {
    return this.classOf(code) !== NONE;
  }

  isWhiteSpace(code: number): boolean {
    return this.classOf(code) === WHITE_SPACE;
  }

  /** The offset of the first character of IFS in `text` from `start` on; the length of `text` if there is none. */
  next(text: string, start: number): number {
    const { sole } = this;
    if (sole !== "") {
      const found = text.indexOf(sole, start);
      return found < 0 ? text.length : found;
    }
    let at = start;
    while (at < text.length && this.classOf(text.charCodeAt(at)) === NONE) at++;
    return at;
  }

  /** Whether `text` holds a character of IFS. */
  occursIn(text: string): boolean {
    return this.next(text, 0) < text.length;
  }
}
