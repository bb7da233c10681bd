import { checkOutlines } from "./testing.ts";

Deno.test("co-processes: have a command, and a name before a compound one", () => {
  checkOutlines({
    "coproc a b": "(coproc [a b])",
    "coproc { a; }": "(coproc (group [a]))",
    "coproc a { b; }": "(coproc a (group [b]))",
    "coproc a (b)": "(coproc a (subshell [b]))",
    "coproc (a)": "(coproc (subshell [a]))",
    "coproc while a; do b; done": "(coproc (while [a] do [b]))",
    "coproc a while b; do c; done": "(coproc a (while [b] do [c]))",
    "coproc if a; then b; fi >c": "(coproc (if [a] then [b]) >c)",
    "coproc a >b": "(coproc [a >b])",
    "coproc >a b": "(coproc [b >a])",
    "coproc a=b c": "(coproc [a=b c])",
    "coproc a | b": "(pipe (coproc [a]) | [b])",
    "coproc a &": "(coproc [a])&",
    "coproc a b { c": "(coproc [a b { c])",
    'coproc "a" { b; }': '(coproc "a" (group [b]))',
    "coproc ((a))": "(coproc (((a))))",
    "coproc a [[ b ]]": "(coproc a ([[ (word b) ]]))",
    "coproc time a": "(coproc [time a])",
    "coproc a; b": "(coproc [a]); [b]",
  });
});
