import { checkOutlines } from "./testing.ts";

Deno.test("if: with any number of elif, with and without else", () => {
  checkOutlines({
    "if a; then b; fi": "(if [a] then [b])",
    "if a; b; then c; d; fi": "(if [a]; [b] then [c]; [d])",
    "if a\nthen b\nelse c\nfi": "(if [a] then [b] else [c])",
    "if a; then b; elif c; then d; elif e; then f; else g; fi":
      "(if [a] then [b] elif [c] then [d] elif [e] then [f] else [g])",
    "if a; then if b; then c; fi; fi": "(if [a] then (if [b] then [c]))",
    "if ! a | b; then c & fi": "(if (pipe ! [a] | [b]) then [c]&)",
    "if (a) then (b) else (c) fi": "(if (subshell [a]) then (subshell [b]) else (subshell [c]))",
    "if { a; } then { b; } fi": "(if (group [a]) then (group [b]))",
    "if a; then b; fi >f": "(if [a] then [b]) >f",
    "if a; then b; fi | c": "(pipe (if [a] then [b]) | [c])",
  });
});

Deno.test("while and until: have a condition and a body", () => {
  checkOutlines({
    "while a; do b; done": "(while [a] do [b])",
    "until a; do b; done": "(until [a] do [b])",
    "while a; b; do c; d; done": "(while [a]; [b] do [c]; [d])",
    "while a\ndo\nb\ndone <f": "(while [a] do [b]) <f",
    "while (a) do (b) done": "(while (subshell [a]) do (subshell [b]))",
    "while read a; do b; done <<E\nx\nE": "(while [read a] do [b]) <<E{x\\n}",
  });
});
