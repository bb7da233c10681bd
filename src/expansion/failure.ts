/**
 * An expansion or assignment that can't be carried out. It is thrown, because it may come up many calls deep inside a
 * word; the command whose word it is catches it, prints it once, and turns it into a value of control flow.
 */
export class ExpansionFailure {
  /**
   * @param message the text after the "hexsh: line N: " that every message has
   * @param consequence what is given up (XCU 2.8.1): the `command` alone; everything up to the next complete command of the text
   * that is being read, at its `top` level; the same of the shell's own `input`; the non-interactive `shell`
   * @param status the exit status of what is given up
   * @param origin whether an arithmetic expression is to blame, and whether that was a subscript: builtins have no part in it;
   * or whether it is what a nameref would have named: whatever assigns it puts its own name before that; or a variable of an
   * expression that `set -u` wants set
   */
  constructor(
    readonly message: string,
    readonly consequence: "command" | "top" | "input" | "shell",
    readonly status: number,
    readonly origin: "expression" | "subscript" | "name" | "unset" | null = null,
  ) {}

  /** The same, with what messages of an expression begin with there, where it is the value of a variable that is to blame, or a nameref. */
  behind(prefix: string): ExpansionFailure {
    const blamed = this.origin === "expression" || this.origin === "name";
    if (!blamed || this.message.startsWith(prefix)) return this;
    return new ExpansionFailure(prefix + this.message, this.consequence, this.status, this.origin);
  }

  /** The same failure of an expression where it gives up more than itself: in a subscript, or in what is assigned. */
  asAssigned(origin: "expression" | "subscript"): ExpansionFailure {
    if (this.origin === "unset") return this;
    return new ExpansionFailure(this.message, "input", this.status, origin);
  }
}
