/** Writes random arithmetic expressions (bash manual 6.5). They end, and divide by zero or shift too far now and then. */
import type { Choices } from "./choices.ts";
import { ARRAYS, NUMBERS } from "./values.ts";

const CONSTANTS = [
  "0",
  "1",
  "2",
  "3",
  "7",
  "10",
  "-1",
  "017",
  "0xfF",
  "2#101",
  "36#Zz",
  "64#@_",
  "9223372036854775807",
];
const BINARY = ["+", "-", "*", "/", "%", "<<", ">>", "<", "<=", ">", ">=", "==", "!=", "&", "^", "|", "&&", "||"];
const ASSIGNING = ["=", "+=", "-=", "*=", "/=", "%=", "<<=", ">>=", "&=", "^=", "|="];

/** An expression; `expansion` writes an expansion that may be an operand. */
export function expression(random: Choices, expansion: () => string, depth = 3): string {
  const inner = () => expression(random, expansion, depth - 1);
  if (depth === 0 || random.chance(15)) return operand(random, expansion);
  switch (random.below(12)) {
    case 0:
      return `${random.pick(["-", "+", "!", "~", "- ", "! "])}${primary(random, expansion, depth)}`;
    case 1:
      return `(${inner()})`;
    case 2:
      return `${inner()} ? ${inner()} : ${inner()}`;
    case 3:
      return `${inner()}, ${inner()}`;
    case 4:
      return `(${place(random)} ${random.pick(ASSIGNING)} ${inner()})`;
    case 5:
      return random.chance(50)
        ? `${random.pick(["++", "--"])}${place(random)}`
        : `${place(random)}${random.pick(["++", "--"])}`;
    case 6:
      return `${inner()} ** ${random.pick(["0", "1", "2", "3", "5"])}`;
    default: {
      const blank = random.pick(["", " "]);
      // A sign after an operator could become another operator without a blank.
      return `${inner()}${blank}${random.pick(BINARY)} ${inner()}`;
    }
  }
}

function primary(random: Choices, expansion: () => string, depth: number): string {
  return random.chance(60) ? operand(random, expansion) : `(${expression(random, expansion, depth - 1)})`;
}

/** What can be assigned to. */
function place(random: Choices): string {
  return random.chance(70)
    ? random.pick(NUMBERS)
    : `${random.pick(ARRAYS)}[${random.pick(["0", "1", "i", "n+1", "-1"])}]`;
}

function operand(random: Choices, expansion: () => string): string {
  const kind = random.below(10);
  if (kind < 5) return random.pick(CONSTANTS);
  if (kind < 8) return place(random);
  if (kind < 9) return random.pick(["$i", "${n}", "$#", "${#v[@]}", "a", "u", "h[k]", "${#a}"]);
  return expansion();
}
