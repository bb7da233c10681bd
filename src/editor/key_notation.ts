/** How readline writes keys (bash manual 8.3.1): `\C-a`, `\M-x`, `\e[A` in quotes, or `Control-u`, `Meta-Rubout` as words. */

const ESCAPE = "\x1b";
const RUBOUT = "\x7f";

const SIMPLE: Readonly<Record<string, string>> = {
  a: "\x07",
  b: "\b",
  d: RUBOUT,
  e: ESCAPE,
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
};

const NAMES: Readonly<Record<string, string>> = {
  del: RUBOUT,
  esc: ESCAPE,
  escape: ESCAPE,
  lfd: "\n",
  newline: "\n",
  ret: "\r",
  return: "\r",
  rubout: RUBOUT,
  space: " ",
  spc: " ",
  tab: "\t",
};

function control(character: string): string {
  return character === "?" ? RUBOUT : String.fromCharCode(character.toUpperCase().charCodeAt(0) & 0x1f);
}

/** The characters that a text in this notation stands for: what is between the quotes. */
export function parseKeys(text: string): string {
  return text.replace(
    /((?:\\C-|\\M-)+)(\\e|\\[^CM]|[^])|\\([0-7]{1,3})|\\x([0-9A-Fa-f]{1,2})|\\([^])/g,
    (all, modifiers?: string, key?: string, octal?: string, hexadecimal?: string, escaped?: string) => {
      if (modifiers !== undefined) return withModifiers(modifiers, key!.startsWith("\\") ? escape(key![1]!) : key!);
      if (octal !== undefined) return String.fromCharCode(parseInt(octal, 8) & 0xff);
      if (hexadecimal !== undefined) return String.fromCharCode(parseInt(hexadecimal, 16));
      return escaped === undefined ? all : escape(escaped);
    },
  );
}

function escape(letter: string): string {
  return SIMPLE[letter] ?? letter;
}

/** A key with Ctrl or Alt, or both. Alt sends an escape first. */
function withModifiers(modifiers: string, key: string): string {
  const character = modifiers.includes("\\C-") ? control(key) : key;
  return modifiers.includes("\\M-") ? ESCAPE + character : character;
}

/** The characters that a key's name stands for: `Control-u`, `M-x`, `Return`; of any other word, its first character. */
export function parseKeyName(text: string): string {
  const [, modifiers, name] = /^((?:(?:control|c|meta|m)-)*)(.+)$/i.exec(text) ?? ["", "", text];
  const key = NAMES[name!.toLowerCase()] ?? name![0] ?? "";
  const character = /\b(?:control|c)-/i.test(modifiers!) ? control(key) : key;
  return /\b(?:meta|m)-/i.test(modifiers!) ? ESCAPE + character : character;
}

/** The notation of characters, without quotes around. */
export function describeKeys(keys: string): string {
  let text = "";
  for (const key of keys) {
    const code = key.charCodeAt(0);
    if (key === ESCAPE) text += "\\e";
    else if (key === RUBOUT) text += "\\C-?";
    else if (code < 32) {
      const letter = String.fromCharCode(code + 64).toLowerCase();
      text += `\\C-${letter === "\\" ? "\\\\" : letter}`;
    } else if (key === '"' || key === "\\") text += `\\${key}`;
    else text += key;
  }
  return text;
}
