import { checkOutlines } from "./testing.ts";

Deno.test("pipelines: stages are joined by | and |&", () => {
  checkOutlines({
    "a | b | c": "(pipe [a] | [b] | [c])",
    "a |\n\nb": "(pipe [a] | [b])",
    "a |& b": "(pipe [a] |& [b])",
    "a 2>f |& b": "(pipe [a 2>f] |& [b])",
    "(a) | { b; } | if c; then d; fi": "(pipe (subshell [a]) | (group [b]) | (if [c] then [d]))",
    "a|b": "(pipe [a] | [b])",
  });
});

Deno.test("pipelines: ! and time come before them", () => {
  checkOutlines({
    "! a": "(pipe ! [a])",
    "! a | b": "(pipe ! [a] | [b])",
    "! ! a": "[a]",
    "! ! a | b": "(pipe [a] | [b])",
    "!": "(pipe !)",
    "! !": "(pipe)",
    "time a": "(pipe time [a])",
    "time -p a | b": "(pipe time -p [a] | [b])",
    "time -p -- a": "(pipe time -p [a])",
    "time -- a": "(pipe time -p [a])",
    "time -x": "(pipe time [-x])",
    "time ! a": "(pipe time ! [a])",
    "! time a": "(pipe time ! [a])",
    "time time -p a": "(pipe time -p [a])",
    "time": "(pipe time)",
    "time -p": "(pipe time -p)",
    "time; a": "(pipe time); [a]",
    "time\na": "(pipe time); [a]",
    "! (a)": "(pipe ! (subshell [a]))",
    "! { a; }": "(pipe ! (group [a]))",
    "!a": "[!a]",
    "! a && ! b": "((pipe ! [a]) && (pipe ! [b]))",
    "echo ! time": "[echo ! time]",
  });
});

Deno.test("pipelines: time with an option is a utility in POSIX mode", () => {
  checkOutlines({
    "time a": "(pipe time [a])",
    "time -p a": "[time -p a]",
    "time\na": "(pipe time); [a]",
  }, { posix: true });
});
