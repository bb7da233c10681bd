/** Numeric arguments, macros, and the rest. */

import type { Key } from "../../terminal/key_decoder.ts";
import type { Command, CommandTable } from "../command.ts";
import type { Editing, Mode } from "../editing.ts";

/** Larger counts are slips of the keyboard. */
const LARGEST_ARGUMENT = 1_000_000;

/** What is remembered of a numeric argument that is only a minus sign so far. */
const SIGN = "sign";

const digitArgument: Command = (editing, _count, { sequence }) => {
  const digit = sequence.at(-1)!;
  editing.current = "digit-argument";
  const signOnly = editing.recall() === SIGN;
  const before = editing.previous === "digit-argument" ? editing.argument ?? 0 : 0;
  editing.remember(digit === "-" ? SIGN : null);
  if (digit === "-") editing.argument = -1;
  else {
    const value = signOnly ? -Number(digit) : before * 10 + (before < 0 ? -Number(digit) : Number(digit));
    editing.argument = Math.max(-LARGEST_ARGUMENT, Math.min(LARGEST_ARGUMENT, value));
  }
};

const universalArgument: Command = (editing) => {
  const before = editing.previous === "digit-argument" ? editing.argument ?? 1 : 1;
  editing.current = "digit-argument";
  editing.argument = Math.min(LARGEST_ARGUMENT, before * 4);
};

/** Takes the next key as one with Alt. */
class MetaPrefix implements Mode {
  handle(editing: Editing, { sequence }: Key): boolean {
    editing.mode = null;
    editing.typeKeys([{ sequence: `\x1b${sequence}` }]);
    return true;
  }
}

const endMacro: Command = (editing) => {
  if (editing.recording === null) return editing.bell();
  // The keys that ended it are not part of it.
  const ending = editing.recording.length - 1;
  editing.macro = editing.recording.slice(
    0,
    Math.max(0, ending - (editing.recording[ending - 1]?.sequence === "\x18" ? 1 : 0)),
  );
  editing.recording = null;
};

export const OTHER: CommandTable = {
  "digit-argument": digitArgument,
  "universal-argument": universalArgument,
  "prefix-meta": (editing) => {
    editing.mode = new MetaPrefix();
  },
  "start-kbd-macro": (editing) => {
    if (editing.recording !== null) return editing.bell();
    editing.recording = [];
  },
  "end-kbd-macro": endMacro,
  "call-last-kbd-macro": (editing, count) => {
    if (editing.recording !== null) return editing.bell();
    for (let left = count; left > 0; left--) editing.typeKeys(editing.macro);
  },
  "print-last-kbd-macro": (editing) => {
    const text = editing.macro.map(({ sequence, pasted }) => pasted ?? sequence).join("");
    editing.addEffect({ kind: "print", text: JSON.stringify(text) });
  },
  abort: (editing) => {
    editing.recording = null;
    editing.argument = null;
    editing.bell();
  },
  "do-lowercase-version": (editing, _count, { sequence }) => editing.typeKeys([{ sequence: sequence.toLowerCase() }]),
  "re-read-init-file": (editing) => editing.addEffect({ kind: "read bindings" }),
  "display-shell-version": (editing) => editing.addEffect({ kind: "print", text: editing.advisor.version }),
  "emacs-editing-mode": (editing) => editing.addEffect({ kind: "change mode", vi: false }),
  "vi-editing-mode": (editing) => editing.addEffect({ kind: "change mode", vi: true }),
  "skip-csi-sequence": () => {},
};
