/** The keys of emacs editing mode (bash manual 8.4), with what the cursor keys of the usual terminals send. */

/** Sequences with their commands, written as they are sent. */
export const EMACS_KEYS: readonly (readonly [string, string])[] = [
  // Moving
  ["\x01", "beginning-of-line"],
  ["\x05", "end-of-line"],
  ["\x06", "forward-char"],
  ["\x02", "backward-char"],
  ["\x1bf", "forward-word"],
  ["\x1bb", "backward-word"],
  ["\x1b\x06", "shell-forward-word"],
  ["\x1b\x02", "shell-backward-word"],
  ["\x0c", "clear-screen"],
  ["\x1b\x0c", "clear-display"],
  ["\x1d", "character-search"],
  ["\x1b\x1d", "character-search-backward"],

  // The history
  ["\r", "accept-line"],
  ["\n", "accept-line"],
  ["\x10", "previous-history"],
  ["\x0e", "next-history"],
  ["\x1b<", "beginning-of-history"],
  ["\x1b>", "end-of-history"],
  ["\x12", "reverse-search-history"],
  ["\x13", "forward-search-history"],
  ["\x1bp", "non-incremental-reverse-search-history"],
  ["\x1bn", "non-incremental-forward-search-history"],
  ["\x1b\x19", "yank-nth-arg"],
  ["\x1b.", "yank-last-arg"],
  ["\x1b_", "yank-last-arg"],
  ["\x0f", "operate-and-get-next"],
  ["\x18\x05", "edit-and-execute-command"],
  ["\x1b^", "history-expand-line"],
  ["\x1b#", "insert-comment"],

  // Changing
  ["\x04", "delete-char"],
  ["\x7f", "backward-delete-char"],
  ["\x08", "backward-delete-char"],
  ["\x16", "quoted-insert"],
  ["\x11", "quoted-insert"],
  ["\x1b\t", "tab-insert"],
  ["\x1b\r", "insert-newline"],
  ["\x1b\n", "insert-newline"],
  ["\x14", "transpose-chars"],
  ["\x1bt", "transpose-words"],
  ["\x1bu", "upcase-word"],
  ["\x1bl", "downcase-word"],
  ["\x1bc", "capitalize-word"],
  ["\x1f", "undo"],
  ["\x18\x15", "undo"],
  ["\x1br", "revert-line"],
  ["\x1b&", "tilde-expand"],
  ["\x1b\x05", "shell-expand-line"],

  // Killing
  ["\x0b", "kill-line"],
  ["\x18\x7f", "backward-kill-line"],
  ["\x15", "unix-line-discard"],
  ["\x1bd", "kill-word"],
  ["\x1b\x04", "shell-kill-word"],
  ["\x1b\x7f", "backward-kill-word"],
  ["\x1b\x08", "backward-kill-word"],
  ["\x17", "unix-word-rubout"],
  ["\x1b\\", "delete-horizontal-space"],
  ["\x19", "yank"],
  ["\x1by", "yank-pop"],
  ["\x00", "set-mark"],
  ["\x1b ", "set-mark"],
  ["\x18\x18", "exchange-point-and-mark"],

  // Arguments
  ...Array.from("0123456789-", (digit): [string, string] => [`\x1b${digit}`, "digit-argument"]),

  // Completing
  ["\t", "complete"],
  ["\x1b?", "possible-completions"],
  ["\x1b=", "possible-completions"],
  ["\x1b*", "insert-completions"],
  ["\x1b/", "complete-filename"],
  ["\x18/", "possible-filename-completions"],
  ["\x1b~", "complete-username"],
  ["\x18~", "possible-username-completions"],
  ["\x1b$", "complete-variable"],
  ["\x18$", "possible-variable-completions"],
  ["\x1b!", "complete-command"],
  ["\x18!", "possible-command-completions"],
  ["\x18*", "glob-expand-word"],
  ["\x1bg", "glob-complete-word"],
  ["\x18g", "glob-list-expansions"],
  ["\x1b[Z", "menu-complete-backward"],

  // Macros and the rest
  ["\x18(", "start-kbd-macro"],
  ["\x18)", "end-kbd-macro"],
  ["\x18e", "call-last-kbd-macro"],
  ["\x07", "abort"],
  ["\x18\x07", "abort"],
  ["\x1b\x07", "abort"],
  ["\x18\x12", "re-read-init-file"],
  ["\x18\x16", "display-shell-version"],
];

/** The keys of a keyboard beside the letters, as terminals send them; the same in every editing mode. */
export const FUNCTION_KEYS: readonly (readonly [string, string])[] = [
  ...cursorKeys("A", "previous-line-or-history"),
  ...cursorKeys("B", "next-line-or-history"),
  ...cursorKeys("C", "forward-char"),
  ...cursorKeys("D", "backward-char"),
  ...cursorKeys("H", "beginning-of-line"),
  ...cursorKeys("F", "end-of-line"),
  ["\x1b[1~", "beginning-of-line"],
  ["\x1b[7~", "beginning-of-line"],
  ["\x1b[4~", "end-of-line"],
  ["\x1b[8~", "end-of-line"],
  ["\x1b[2~", "overwrite-mode"],
  ["\x1b[3~", "delete-char"],
  ["\x1b[5~", "history-search-backward"],
  ["\x1b[6~", "history-search-forward"],
  // With Ctrl and with Alt: by words.
  ...["\x1b[1;5", "\x1b[1;3", "\x1b[5", "\x1bO5", "\x1b\x1b["].flatMap((start): [string, string][] => [
    [`${start}C`, "forward-word"],
    [`${start}D`, "backward-word"],
  ]),
  ["\x1bOc", "forward-word"],
  ["\x1bOd", "backward-word"],
  ["\x1b[1;5A", "previous-history"],
  ["\x1b[1;5B", "next-history"],
  ["\x1b[3;5~", "kill-word"],
  ["\x1b[3;3~", "kill-word"],
];

/** What a cursor key sends in the two modes of the keypad. */
function cursorKeys(letter: string, command: string): [string, string][] {
  return [[`\x1b[${letter}`, command], [`\x1bO${letter}`, command]];
}
