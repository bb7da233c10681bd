import { checkOutlines } from "./testing.ts";

Deno.test("functions: have a compound command as their body", () => {
  checkOutlines({
    "f() { a; }": "(function f (group [a]))",
    "f () { a; }": "(function f (group [a]))",
    "f ( ) { a; }": "(function f (group [a]))",
    "f()\n\n{ a; }": "(function f (group [a]))",
    "f() (a)": "(function f (subshell [a]))",
    "f() ((a))": "(function f (((a))))",
    "f() [[ a ]]": "(function f ([[ (word a) ]]))",
    "f() if a; then b; fi": "(function f (if [a] then [b]))",
    "f() for a in b; do c; done": "(function f (for a in b do [c]))",
    "f() while a; do b; done": "(function f (while [a] do [b]))",
    "f() case a in b) c;; esac": "(function f (case a b) [c] ;;))",
    "f() { a; } >b 2>&1": "(function f (group [a]) >b 2>&1)",
    "f() { g() { a; }; }": "(function f (group (function g (group [a]))))",
    "f() { a; } | b": "(pipe (function f (group [a])) | [b])",
    "f() { a; } && g() { b; }": "((function f (group [a])) && (function g (group [b])))",
    "f(){ a;}": "(function f (group [a]))",
    "f() { a\nb\n}": "(function f (group [a]; [b]))",
    "f() { a <<E\nb\nE\n}": "(function f (group [a <<E{b\\n}]))",
    "f() { a; } <<E\nb\nE": "(function f (group [a]) <<E{b\\n})",
    "f-g.h:i() { a; }": "(function f-g.h:i (group [a]))",
  });
});

Deno.test("functions: with the word function", () => {
  checkOutlines({
    "function f { a; }": "(function f (group [a]))",
    "function f() { a; }": "(function f (group [a]))",
    "function f () { a; }": "(function f (group [a]))",
    "function f\n{ a; }": "(function f (group [a]))",
    "function f (a)": "(function f (subshell [a]))",
    "function f ((a))": "(function f (((a))))",
    "function f() (a)": "(function f (subshell [a]))",
    "function f if a; then b; fi": "(function f (if [a] then [b]))",
    "function f-g { a; }": "(function f-g (group [a]))",
    "function if { a; }": "(function if (group [a]))",
    "function f { a; } >b": "(function f (group [a]) >b)",
    "function 1 { a; }": "(function 1 (group [a]))",
    "function f [[ a ]]": "(function f ([[ (word a) ]]))",
    "function f() ((a))": "(function f (((a))))",
    "function / { a; }": "(function / (group [a]))",
  });
});
