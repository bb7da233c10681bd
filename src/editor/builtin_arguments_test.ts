import { deepEqual } from "node:assert/strict";
import { documentedOptions } from "./builtin_arguments.ts";

Deno.test("documentedOptions: takes options with and without arguments, and what goes on in the next line", () => {
  const help = `Does this.

Options:
  -l          list
  -n name     the name
              of all
     nothing  has no letter
  -x export   has two

Exit status: 0.
  -q          no option
`;
  deepEqual(documentedOptions(help), [
    { name: "-l", description: "list" },
    { name: "-n", description: "the name of all" },
    { name: "-x", description: "has two" },
  ]);
});
