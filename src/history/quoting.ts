/**
 * What of a line is quoted as the shell reads it: in command and process substitutions quoting begins anew. The history has a
 * simpler notion of its own; only what neither of them takes for quoted is expanded, as in bash.
 */

export class ShellQuoting {
  private at = 0;
  private single = false;
  private double = false;
  private backquoted = false;
  /** How many substitutions are open. */
  private depth = 0;
  /** Whether double quotes were open where the innermost substitution began. */
  private outer = false;

  constructor(private readonly text: string) {}

  /** Whether the character at `index`, behind all that were asked for before, is quoted for the sake of history expansion. */
  quotes(index: number): boolean {
    for (; this.at < index; this.at++) this.pass(this.text[this.at]!);
    return this.at > index || this.single || (this.double && this.text[index + 1] === '"');
  }

  private pass(character: string): void {
    const { text } = this;
    if (this.single) this.single = character !== "'";
    else if (character === "\\") this.at++;
    else if (character === "`") {
      this.backquoted = !this.backquoted;
      if (this.backquoted) this.begin();
      else this.double = this.outer;
    } else if (character === "'") this.single = !this.double;
    else if (character === '"') this.double = !this.double;
    else if (/[$<>]/.test(character) && text[this.at + 1] === "(" && text[this.at + 2] !== "(") {
      this.at++;
      this.depth++;
      this.begin();
    } else if (character === ")" && this.depth > 0) {
      this.depth--;
      this.double = this.outer;
    }
  }

  private begin(): void {
    this.outer = this.double;
    this.double = false;
  }
}
