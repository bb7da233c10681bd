/** Options that go with a variable: each follows the other (bash manual 4.3.1, ignoreeof; 5.2, POSIXLY_CORRECT). */

import type { OptionName, Options } from "./options.ts";
import type { Variables } from "./shell.ts";

/** The variable of each option, and the value that the option gives it. */
const MIRRORED: readonly { readonly option: OptionName; readonly variable: string; readonly value: string }[] = [
  { option: "ignoreeof", variable: "IGNOREEOF", value: "10" },
  { option: "posix", variable: "POSIXLY_CORRECT", value: "y" },
];

/** Keeps both in step from now on. The environment is in the variables already. */
export function mirrorOptions(variables: Variables, options: Options): void {
  for (const { option, variable } of MIRRORED) {
    if (variables.get(variable).isSet) options.set(option, true);
    variables.watch(variable, (text) => options.set(option, text !== undefined));
  }
  options.watch((name, on) => {
    const mirrored = MIRRORED.find(({ option }) => option === name);
    if (mirrored === undefined) return;
    const variable = variables.get(mirrored.variable);
    if (on === variable.isSet || variable.readOnly) return;
    if (on) variable.write(mirrored.value);
    else variable.unset();
  });
}
