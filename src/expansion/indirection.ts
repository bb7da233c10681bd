/** `${!name…}` (bash manual 3.5.3): the parameter that the value of another one names, found out each time. */

import { LONGEST_REFERENCE_CHAIN } from "./attributes.ts";
import type { ParameterPart, Subscript } from "../syntax/tree.ts";
import type { ExpansionEnvironment, Variable } from "./environment.ts";
import { ExpansionFailure } from "./failure.ts";
import { type Base, nameOf, type ParameterCompiler, type Producer } from "./parameter.ts";
import { elementName } from "./subscript.ts";

/** What the value of a parameter may be for `${!name}`. */
const REFERENCE = /^(?:([A-Za-z_][A-Za-z0-9_]*)(?:\[([^]+)\])?|([0-9]+|[@*#?$!-]))$/;
const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;
const CACHE_SIZE = 500;
const EMPTY: Producer = { list: false, star: false, get: () => "" };

export class Indirection {
  /** Compiled expansions by what names the parameter. */
  private readonly compiled = new Map<string, Map<ParameterPart, Producer>>();

  constructor(
    private readonly environment: ExpansionEnvironment,
    private readonly parameters: ParameterCompiler,
  ) {}

  /** Compiles an indirect expansion without default operation. Of a nameref, it gives the name that this has. */
  compile(part: ParameterPart): Producer {
    const pointer = this.parameters.base(part.name, part.subscript);
    const variable = this.namerefOf(part);
    const named = variable === null ? null : this.parameters.operate({ ...part, prefix: "none" }, {
      list: false,
      star: false,
      get: () => this.nameLedTo(variable),
    });
    const resolve = () => {
      if (named !== null && variable!.isReference) return named;
      const text = this.read(part, pointer);
      return text === null ? EMPTY : this.resolve(part, text);
    };
    return { list: true, star: false, get: () => resolve().get(), resolve };
  }

  /** The name at the end of a chain of namerefs. */
  private nameLedTo({ reference }: Variable): string | undefined {
    let name = reference;
    for (let length = 1; name !== undefined && NAME.test(name) && length < LONGEST_REFERENCE_CHAIN; length++) {
      const next = this.environment.variable(name);
      if (!next.isReference || next.reference === undefined) break;
      name = next.reference;
    }
    return name;
  }

  /** The parameter of an indirect expansion with a default operation. */
  base(part: ParameterPart): Base {
    const pointer = this.parameters.base(part.name, part.subscript);
    const variable = this.namerefOf(part);
    const get = () => {
      if (variable !== null && variable.isReference) return this.nameLedTo(variable);
      const text = this.read(part, pointer);
      if (text === null) return undefined;
      const { name, subscript } = this.target(text);
      return this.parameters.base(name, subscript).get();
    };
    return { list: true, star: false, get };
  }

  /** How `${!name=word}` assigns. */
  assignDefault(part: ParameterPart): (word: string) => string {
    const pointer = this.parameters.base(part.name, part.subscript);
    return (word) => {
      const text = this.read(part, pointer);
      if (text === null) throw new ExpansionFailure(`${nameOf(part)}: invalid indirect expansion`, "top", 1);
      const { name, subscript } = this.target(text);
      const target: ParameterPart = { ...part, name, subscript, prefix: "none" };
      const { operation } = part;
      if (operation?.kind !== "default") throw new TypeError("not a default operation");
      return this.parameters.compileDefault(target, operation).settle(word);
    };
  }

  private namerefOf({ name, subscript }: ParameterPart): Variable | null {
    return subscript === null && NAME.test(name) ? this.environment.variable(name) : null;
  }

  /** What names the parameter; `null` for what a list without elements would name, or a positional parameter that is unset. */
  private read(part: ParameterPart, pointer: Base): string | null {
    const text = pointer.get();
    if (text === undefined) {
      // Of a positional parameter, unlike a variable, what it would name is only unset.
      if (!NAME.test(part.name)) return null;
      throw new ExpansionFailure(`${pointerName(part)}: invalid indirect expansion`, "top", 1);
    }
    if (typeof text === "string") return text;
    return text.length === 0 ? null : text.join(" ");
  }

  private resolve(part: ParameterPart, text: string): Producer {
    let compiled = this.compiled.get(text);
    if (compiled === undefined) {
      if (this.compiled.size >= CACHE_SIZE) this.compiled.clear();
      this.compiled.set(text, compiled = new Map());
    }
    let producer = compiled.get(part);
    if (producer === undefined) {
      producer = this.parameters.compile({ ...part, ...this.target(text), prefix: "none" }, part);
      compiled.set(part, producer);
    }
    return producer;
  }

  private target(text: string): { name: string; subscript: Subscript | null } {
    const match = REFERENCE.exec(text);
    if (match === null) throw new ExpansionFailure(`${text}: invalid variable name`, "top", 1);
    const [, name, subscript, special] = match;
    return { name: name ?? special!, subscript: this.subscript(subscript) };
  }

  private subscript(text: string | undefined): Subscript | null {
    if (text === undefined) return null;
    return text === "@" || text === "*" ? text : this.environment.parseText(text, "word");
  }
}

/** What is to name the parameter, as messages name it. */
function pointerName({ name, subscript }: ParameterPart): string {
  return subscript === null ? name : elementName(name, subscript);
}
