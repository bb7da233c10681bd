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
    "coproc $a { b; }": "(coproc $a (group [b]))",
  });
});

Deno.test("co-processes: -x connects streams 4 and 5 too, where there are stream operators", () => {
  checkOutlines({
    "coproc -x a b": "(coproc -x [a b])",
    "coproc -x a { b; }": "(coproc -x a (group [b]))",
    "coproc -x { a; }": "(coproc -x (group [a]))",
    "coproc -x >a": "(coproc -x [>a])",
    'coproc "-x" a': '(coproc ["-x" a])',
    "coproc a -x": "(coproc [a -x])",
  });
  checkOutlines({ "coproc -x a b": "(coproc [-x a b])" }, { posix: true });
});
