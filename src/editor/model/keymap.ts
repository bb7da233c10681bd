/** Which keys do what: sequences of characters to commands, as readline's key bindings (bash manual 8.4). */

/** What a sequence of keys is bound to. */
export type Binding =
  /** A command of the editor. */
  | { readonly kind: "command"; readonly name: string }
  /** Characters that are as if typed. */
  | { readonly kind: "macro"; readonly text: string }
  /** A command of the shell (`bind -x`). */
  | { readonly kind: "shell"; readonly command: string };

export interface Found {
  readonly binding: Binding | undefined;
  /** Whether a longer sequence that begins like this is bound too. */
  readonly prefix: boolean;
}

export class Keymap {
  private readonly bindings = new Map<string, Binding>();
  /** How many bound sequences go on from each sequence. */
  private readonly prefixes = new Map<string, number>();

  /** @param commands pairs of sequences and names of commands */
  constructor(commands: Iterable<readonly [string, string]> = []) {
    for (const [sequence, name] of commands) this.bind(sequence, { kind: "command", name });
  }

  find(sequence: string): Found {
    return { binding: this.bindings.get(sequence), prefix: this.prefixes.has(sequence) };
  }

  bind(sequence: string, binding: Binding): void {
    if (!this.bindings.has(sequence)) this.count(sequence, 1);
    this.bindings.set(sequence, binding);
  }

  /** Returns whether there was a binding. */
  unbind(sequence: string): boolean {
    if (!this.bindings.delete(sequence)) return false;
    this.count(sequence, -1);
    return true;
  }

  private count(sequence: string, change: number): void {
    for (let length = 1; length < sequence.length; length++) {
      const prefix = sequence.slice(0, length);
      const count = (this.prefixes.get(prefix) ?? 0) + change;
      if (count > 0) this.prefixes.set(prefix, count);
      else this.prefixes.delete(prefix);
    }
  }

  /** All bindings, by sequence. */
  entries(): [string, Binding][] {
    return [...this.bindings].sort(([a], [b]) => a < b ? -1 : 1);
  }
}
