/** `${name@letter}` (bash manual 3.5.3): transformations of a value, and what is to be known of the variable. */

import { decodeAnsi } from "../syntax/ansi_quote.ts";
import type { ParameterPart } from "../syntax/tree.ts";
import { attributeLetters, VALUELESS } from "./attributes.ts";
import { assignmentOf, optionsOf, pairsText, quoteText } from "./declared.ts";
import type { ExpansionEnvironment, Variable } from "./environment.ts";
import { changeCase } from "./operations.ts";
import type { Base, Producer, Value } from "./parameter.ts";

/** The transformations that make a text of each text. */
function textTransformation(letter: string, environment: ExpansionEnvironment): ((text: string) => string) | null {
  switch (letter) {
    case "U":
      return (text) => changeCase(text, "^^", null);
    case "u":
      return (text) => changeCase(text, "^", null);
    case "L":
      return (text) => changeCase(text, ",,", null);
    case "Q":
      return quoteText;
    case "E":
      return (text) => decodeAnsi(text);
    case "P":
      return (text) => environment.promptText(text);
    default:
      return null;
  }
}

/**
 * @param missing gives what a parameter that is unset expands to, or fails
 * @param variable the variable that the parameter is, if it is one
 */
export function compileTransformation(
  part: ParameterPart,
  letter: string,
  base: Base,
  missing: () => Value,
  variable: Variable | null,
  environment: ExpansionEnvironment,
): Producer {
  const { list, star } = base;
  const change = textTransformation(letter, environment);
  if (change !== null) {
    const get = () => {
      const value = base.get();
      if (value === undefined) return missing();
      return typeof value === "string" ? change(value) : value.map(change);
    };
    return { list, star, get };
  }
  const get = variable === null
    ? positional(part, letter, base)
    : ofVariable(letter, base, missing, variable, environment);
  return { list, star, get };
}

/** Transformations of what is no variable. */
function positional(part: ParameterPart, letter: string, base: Base): () => Value {
  return () => {
    const value = base.get() ?? "";
    if (typeof value === "string") return letter === "A" || letter === "a" || value === "" ? "" : quoteText(value);
    if (letter === "a") return value.map(() => "");
    const quoted = value.map(quoteText);
    return letter === "A" && (part.name === "@" || part.name === "*") ? ["set", "--", ...quoted] : quoted;
  };
}

function ofVariable(
  letter: string,
  base: Base,
  missing: () => Value,
  variable: Variable,
  environment: ExpansionEnvironment,
): () => Value {
  /** Whether `set -u` minds: not if an array has elements, whichever they are. */
  const isMissing = (target: Variable) => environment.options.nounset && target.count() === 0;
  switch (letter) {
    case "a":
      return () => {
        const target = variable.target();
        const letters = target === null ? "" : attributeLetters(target.attributes, target.kind);
        const value = base.get();
        if (value === undefined && (letters === "" || isMissing(variable))) return missing();
        if (!base.list) return letters;
        if (letters === "") return [];
        if (!Array.isArray(value)) return [letters];
        // An array that has never had a value is listed all the same.
        return value.length === 0 && (target!.attributes & VALUELESS) !== 0 ? [letters] : value.map(() => letters);
      };
    case "A":
      return () => {
        const target = variable.target();
        const value = base.get();
        if (target === null || isMissing(target)) return value ?? missing();
        return assignment(value, target, base.list) ?? value ?? missing();
      };
    default:
      return () => {
        const value = base.get();
        if (value === undefined) return missing();
        if (typeof value === "string") return quoteText(value);
        if (variable.kind === null) return value.map(quoteText);
        if (letter === "K") return pairsText(variable);
        const keys = variable.keys();
        return value.flatMap((text, i) => [keys[i]!, text]);
      };
  }
}

/** `@A`: the command that would make the variable, as a list of its words if `list`; `undefined` if there is no variable. */
function assignment(value: Value | undefined, variable: Variable, list: boolean): Value | undefined {
  const options = optionsOf(variable);
  const command = options === "" ? [] : ["declare", options];
  const { name, kind } = variable;
  if (kind !== null && list) return [...command, assignmentOf(variable)];
  const text = typeof value === "string" ? value : value?.[0];
  if (text !== undefined) command.push(`${name}=${quoteText(text)}`);
  else if (options !== "" || (variable.attributes & VALUELESS) !== 0) command.push(name);
  else return undefined;
  return command.join(" ");
}
