/** Text that has been killed, to be yanked: the latest pieces, in a ring. */

const SIZE = 60;

export class KillRing {
  private readonly pieces: string[] = [];
  /** Steps back from the latest piece, by which `yank-pop` has gone. */
  private back = 0;

  /** Adds a piece, or extends the latest one: `before` it or behind it. */
  add(text: string, extend: "no" | "before" | "behind"): void {
    this.back = 0;
    if (text === "") return;
    const latest = this.pieces.length - 1;
    if (extend === "no" || latest < 0) {
      this.pieces.push(text);
      if (this.pieces.length > SIZE) this.pieces.shift();
    } else this.pieces[latest] = extend === "before" ? text + this.pieces[latest]! : this.pieces[latest]! + text;
  }

  /** The piece that is to be yanked. */
  get current(): string | undefined {
    return this.pieces[this.pieces.length - 1 - this.back];
  }

  /** Goes to the piece before the current one, round the ring. */
  rotate(): void {
    if (this.pieces.length > 0) this.back = (this.back + 1) % this.pieces.length;
  }
}
