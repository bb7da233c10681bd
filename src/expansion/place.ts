/** What arithmetic reads and assigns: variables and elements of arrays, as they are to it. */

import type { Place } from "./arithmetic/arithmetic.ts";
import { decimalText } from "./arithmetic/decimal_text.ts";
import type { Integer } from "./arithmetic/integer.ts";
import type { ElementKey, ExpansionEnvironment, ExpansionOptions, Variable } from "./environment.ts";
import { ExpansionFailure } from "./failure.ts";

/** `text`, the value of `variable` or an element of it: under `set -u` the variable must be set, though an element may be missing. */
function required(text: string | undefined, variable: Variable, options: ExpansionOptions): string | undefined {
  if (text === undefined && options.nounset && !variable.isSet) {
    throw new ExpansionFailure(`${variable.name}: unbound variable`, "shell", 1, "unset");
  }
  return text;
}

/** Assigns to an element. An expression goes on after an index that lies before the first one. */
function assignElement(
  variable: Variable,
  key: ElementKey,
  value: Integer,
  environment: ExpansionEnvironment,
  subscript: () => string,
): void {
  // A value that is no array's becomes element 0.
  const end = variable.kind === null && variable.isSet ? 1 : variable.end;
  if (typeof key === "number" && end + key < 0) {
    environment.warn(`${variable.name}[${subscript()}]: bad array subscript`);
  } else variable.writeElement(key, decimalText(value));
}

export class VariablePlace implements Place {
  constructor(private readonly variable: Variable, private readonly options: ExpansionOptions) {}

  get number(): Integer | null {
    return this.variable.number;
  }

  read(): string | undefined {
    const { variable } = this;
    return required(variable.plain ?? variable.read(), variable, this.options);
  }

  write(value: Integer): void {
    this.variable.writeNumber(value);
  }

  remember(value: Integer): void {
    this.variable.remember(value);
  }
}

export class ElementPlace implements Place {
  readonly number = null;

  /**
   * @param key gives what the subscript means now
   * @param subscript gives its text
   */
  constructor(
    private readonly variable: Variable,
    private readonly key: () => ElementKey,
    private readonly environment: ExpansionEnvironment,
    private readonly subscript: () => string,
  ) {}

  read(): string | undefined {
    return required(this.variable.readElement(this.key()), this.variable, this.environment.options);
  }

  write(value: Integer): void {
    assignElement(this.variable, this.key(), value, this.environment, this.subscript);
  }

  remember(): void {
    // Elements are kept as texts alone.
  }

  bind(): Place {
    return new BoundElement(this.variable, this.key(), this.environment, this.subscript);
  }
}

/** An element whose subscript has been evaluated. */
class BoundElement implements Place {
  readonly number = null;

  constructor(
    private readonly variable: Variable,
    private readonly key: ElementKey,
    private readonly environment: ExpansionEnvironment,
    private readonly subscript: () => string,
  ) {}

  read(): string | undefined {
    return required(this.variable.readElement(this.key), this.variable, this.environment.options);
  }

  write(value: Integer): void {
    assignElement(this.variable, this.key, value, this.environment, this.subscript);
  }

  remember(): void {
    // Elements are kept as texts alone.
  }
}
