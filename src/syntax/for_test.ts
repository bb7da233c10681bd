import { checkOutlines } from "./testing.ts";

Deno.test("for: with words, with none, and without in", () => {
  checkOutlines({
    "for a in b c; do d; done": "(for a in b c do [d])",
    "for a in; do b; done": "(for a in do [b])",
    "for a; do b; done": "(for a do [b])",
    "for a do b; done": "(for a do [b])",
    "for a\ndo b; done": "(for a do [b])",
    "for a\nin b\ndo c\ndone": "(for a in b do [c])",
    "for a in b\n\ndo c; done": "(for a in b do [c])",
    'for a in "b c" $d `e` {f,g} *; do h; done': '(for a in "b c" $d `e` {f,g} * do [h])',
    "for a in $b; { c; }": "(for a in $b do [c])",
    "for a; { b; }": "(for a do [b])",
    "for a in b # c\ndo d; done": "(for a in b do [d])",
    "for a in b; do for c in d; do e; done; done": "(for a in b do (for c in d do [e]))",
    "for a in b; do c; done | d": "(pipe (for a in b do [c]) | [d])",
    "for 1 in a; do b; done": "(for 1 in a do [b])",
    'for "a" in b; do c; done': '(for "a" in b do [c])',
    "for a-b in c; do d; done": "(for a-b in c do [d])",
    "for a in { }; do b; done": "(for a in { } do [b])",
    "for a in for if do; do b; done": "(for a in for if do do [b])",
  });
});

Deno.test("for: with arithmetic expressions", () => {
  checkOutlines({
    "for ((a=0; a<1; a++)); do b; done": "(for ((a=0|a<1|a++)) do [b])",
    "for (( a = 0 ; a < 1 ; a++ )) do b; done": "(for ((a = 0 |a < 1 |a++ )) do [b])",
    "for ((;;)); do a; done": "(for ((||)) do [a])",
    "for ((;;)) { a; }": "(for ((||)) do [a])",
    "for ((;;)); { a; }": "(for ((||)) do [a])",
    "for ((a;;))\ndo b\ndone": "(for ((a||)) do [b])",
    "for ((;a;)) do b; done": "(for ((|a|)) do [b])",
    "for ((;;a)) do b; done": "(for ((||a)) do [b])",
    "for ((a=(1+2); (a); $b)) do c; done": "(for ((a=(1+2)|(a)|$b)) do [c])",
    "for ((\"a;b\"; ';'; ${c:-;})) do d; done": "(for ((\"a;b\"|';'|${c|:-|;})) do [d])",
    "for ((\na=0;\na<1;\na++\n)); do b; done": "(for ((a=0|a<1|a++\n)) do [b])",
    "for ((a,b;c;d)) do e; done": "(for ((a,b|c|d)) do [e])",
    "for ((a[1];b;c)) do e; done": "(for ((a[1]|b|c)) do [e])",
    "for (($(a;b);;)) do c; done": "(for (($([a]; [b])||)) do [c])",
  });
});

Deno.test("select: is written like for", () => {
  checkOutlines({
    "select a in b c; do d; done": "(select a in b c do [d])",
    "select a; do b; done": "(select a do [b])",
    "select a do b; done": "(select a do [b])",
    "select a in; do b; done": "(select a in do [b])",
    "select a in b\ndo c; done >d": "(select a in b do [c]) >d",
    "select a in b; { c; }": "(select a in b do [c])",
  });
});
