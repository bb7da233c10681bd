/** What arithmetic reads and assigns: variables and elements of arrays, as they are to it. */

import type { Place } from "./arithmetic/arithmetic.ts";
import { decimalText } from "./arithmetic/decimal_text.ts";
import type { Integer } from "./arithmetic/integer.ts";
import type { ElementKey, ExpansionOptions, Variable } from "./environment.ts";
import { ExpansionFailure } from "./failure.ts";

/** `text`, which must be set under `set -u`. */
function required(text: string | undefined, name: string, options: ExpansionOptions): string | undefined {
  if (text === undefined && options.nounset) throw new ExpansionFailure(`${name}: unbound variable`, "shell", 1);
  return text;
}

export class VariablePlace implements Place {
  constructor(private readonly variable: Variable, private readonly options: ExpansionOptions) {}

  get number(): Integer | null {
    return this.variable.number;
  }

  read(): string | undefined {
    const { variable } = this;
    return required(variable.plain ?? variable.read(), variable.name, this.options);
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

  /** @param key gives what the subscript means now */
  constructor(
    private readonly variable: Variable,
    private readonly key: () => ElementKey,
    private readonly options: ExpansionOptions,
  ) {}

  read(): string | undefined {
    return required(this.variable.readElement(this.key()), this.variable.name, this.options);
  }

  write(value: Integer): void {
    this.variable.writeElement(this.key(), decimalText(value));
  }

  remember(): void {
    // Elements are kept as texts alone.
  }

  bind(): Place {
    return new BoundElement(this.variable, this.key(), this.options);
  }
}

/** An element whose subscript has been evaluated. */
class BoundElement implements Place {
  readonly number = null;

  constructor(
    private readonly variable: Variable,
    private readonly key: ElementKey,
    private readonly options: ExpansionOptions,
  ) {}

  read(): string | undefined {
    return required(this.variable.readElement(this.key), this.variable.name, this.options);
  }

  write(value: Integer): void {
    this.variable.writeElement(this.key, decimalText(value));
  }

  remember(): void {
    // Elements are kept as texts alone.
  }
}
