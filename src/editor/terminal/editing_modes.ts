/**
 * The modes of the terminal while a line is edited, as a loan: {@link EditingModes.end} gives back what was there before, and so
 * does a signal that ends the shell meanwhile.
 */

import { ECHO, ICANON, IEXTEN, IXOFF, IXON, TCSADRAIN, VMIN, VQUIT, VSUSP, VTIME } from "../../system/constants.ts";
import { EINTR } from "../../system/errno.ts";
import type { TerminalModes, Terminals } from "../../system/system.ts";

/** A special character that no key sends. */
const DISABLED = 0;

/**
 * Keys come one by one, but Ctrl-C stays a signal; what is written goes out as it always does. Return is made a newline as always,
 * too: what is typed so early that the editor never sees it has to be right for the program that does.
 */
export function editingModes(modes: TerminalModes): TerminalModes {
  const characters = modes.characters.slice();
  characters[VMIN] = 0;
  characters[VTIME] = 0;
  characters[VQUIT] = DISABLED;
  characters[VSUSP] = DISABLED;
  return {
    ...modes,
    input: modes.input & ~(IXON | IXOFF),
    local: modes.local & ~(ICANON | ECHO | IEXTEN),
    characters,
  };
}

export class EditingModes {
  private saved: TerminalModes | null = null;

  /** @param farewell what takes back other changes to the terminal, for a signal that ends the shell */
  constructor(
    private readonly system: Pick<Terminals, "tcgetattr" | "tcsetattr" | "guardTerminal" | "endTerminalGuard">,
    private readonly farewell: string,
  ) {}

  /** Begins the loan. Returns 0 or `-errno`: then the modes are as they were. */
  begin(descriptor: number): number {
    if (this.saved !== null) return 0;
    const modes = this.system.tcgetattr(descriptor);
    if (typeof modes === "number") return modes;
    const guarded = this.system.guardTerminal(descriptor, modes, this.farewell);
    if (guarded < 0) return guarded;
    const result = this.set(descriptor, editingModes(modes));
    if (result < 0) this.system.endTerminalGuard();
    else this.saved = modes;
    return result;
  }

  end(descriptor: number): void {
    if (this.saved === null) return;
    this.set(descriptor, this.saved);
    this.system.endTerminalGuard();
    this.saved = null;
  }

  /** A special character of the modes that were there before; 0 if it is disabled or nothing is known. */
  special(index: number): number {
    return this.saved?.characters[index] ?? DISABLED;
  }

  private set(descriptor: number, modes: TerminalModes): number {
    for (;;) {
      // What has been typed already stays.
      const result = this.system.tcsetattr(descriptor, TCSADRAIN, modes);
      if (result !== -EINTR) return result;
    }
  }
}
