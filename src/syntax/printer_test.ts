import assert from "node:assert/strict";
import { printFunction, printFunctionValue, printHeader, printList, printStatement, printWord } from "./printer.ts";
import { checkRoundTrip, parseText } from "./testing.ts";
import type { CaseCommand, ForCommand, FunctionDefinition, SelectCommand, SimpleCommand, Word } from "./tree.ts";

Deno.test("printStatement: commands in a line, as jobs are listed", () => {
  const expected = {
    "a  b|c >d": "a b | c > d",
    "{ a;b; }": "{ a; b; }",
    "( a;b & )": "( a; b & )",
    "a&&b||c": "a && b || c",
    "if a;then b;fi": "if a; then\n    b;\nfi",
    "{ while a; do b; done; c; }": "{ while a; do\n    b;\ndone; c; }",
    "f() { a; }": "function f () \n{ \n    a\n}",
    "a |5> b |2>3,4>5 c": "a |5>4 b |2>3,4>5 c",
    "a <<E\nb\nE": "a <<E\nb\nE\n",
    "! time a": "time ! a",
    "coproc a": "coproc a",
    "coproc a { b; }": "coproc a { b; }",
    "coproc { b; }": "coproc COPROC { b; }",
    "coproc $a (b)": "coproc $a ( b )",
    "coproc -x a": "coproc -x a",
    "coproc -x { b; }": "coproc -x COPROC { b; }",
  };
  for (const [source, text] of Object.entries(expected)) {
    assert.equal(printStatement(parseText(source).items[0]!.command), text, source);
  }
});

Deno.test("printList: several commands", () => {
  assert.equal(printList(parseText("a\nb;c & d")), "a; b; c & d");
  assert.equal(printList(parseText("")), "");
});

Deno.test("printFunction: with the word function where the name is a reserved word", () => {
  const text = (source: string, posix = false) =>
    printFunction(parseText(source).items[0]!.command as FunctionDefinition, posix);
  assert.equal(text("function if { a; }"), "function if () \n{ \n    a\n}");
  assert.equal(text("function f { a; }"), "f () \n{ \n    a\n}");
  assert.equal(text("f() { g() { a; }; }"), "f () \n{ \n    function g () \n    { \n        a\n    }\n}");
  assert.equal(text("f() { g() { a; }; }", true), "f () \n{ \n    g () \n    { \n        a\n    }\n}");
});

Deno.test("printFunctionValue: a function in a line, as it is passed through the environment", () => {
  const value = (source: string) => printFunctionValue(parseText(source).items[0]!.command as FunctionDefinition);
  assert.equal(value("f() { a; b; }"), "() {  a;\n b\n}");
  assert.equal(value("f() ( a )"), "() {  ( a )\n}");
  assert.equal(value("f() { if a; then b; fi; } >c"), "() {  if a; then\n b;\n fi\n} > c");
});

Deno.test("printHeader: a loop or a case up to its body", () => {
  const header = (source: string) =>
    printHeader(parseText(source).items[0]!.command as ForCommand | SelectCommand | CaseCommand);
  assert.equal(header("for a in b 'c d'; do e; done"), "for a in b 'c d'");
  assert.equal(header("select a; do b; done"), 'select a in "$@"');
  assert.equal(header("case a$b in c) d;; esac"), "case a$b in ");
});

Deno.test("printWord: a word as it is written", () => {
  for (const word of ["a'b'\"c$d\"\\e", "${a:-b}$(c)`d`$((1 + 2))", "~/*.[ab]{c,d}", "''"]) {
    const { words } = parseText(`x ${word}`).items[0]!.command as SimpleCommand;
    assert.equal(printWord(words[1] as Word), word);
  }
});

/** Where bash prints what it would not read back as it was meant. */
Deno.test("printing: what is printed is read back as it was", () => {
  const sources = [
    "a <<E && b <<F && c\nd\nE\ne\nF",
    "a <<E | b <<F | c <<G\nd\nE\ne\nF\nf\nG",
    "a; b <<E & c\nd\nE\ne",
    "if a <<E; then b; fi | c\nd\nE",
    "{ a <<E; b; } && c <<F\nd\nE\ne\nF",
    "a $(b <<E\nc\nE\n) <<F\nd\nF",
    "a <<-E\n\tb\n\tE\nc",
    "a <<'E F' <<\"\"\nb\nE F\nc\n\nd",
    "a << -E\nb\n-E",
    "case a in (esac) b;; esac",
    "case a in (if) b;; esac",
    ">f if a",
    "<f { b",
    "2>&1 time a",
    "coproc a b",
    "coproc -x a b",
    "coproc '-x' a",
    'coproc -x "$a" (b)',
    "! !",
    "(time\n)",
    "$(a && !\n)",
    "a 1<>b; c <>d",
    "function if { a; }",
    "( (a); (b) )",
    "$( (a) )",
    "$((a); (b))",
    "( ((a)) )",
    "a $'b\\'c' \"${d:-$'e\\'$f'}\" \"${g#$'h'}\"",
    "a $'\\n' $'\\001' $'\\377' \"${b:-$'\\n}'}\"",
    "a=(b)c d",
    "eval a=( b  $c )",
    "f() { a; } >b <<E\nc\nE\nd",
    "a\\\n <<E\nb\\\nc\nE",
    "[[ ! ! a && ( b ) ]]",
    "for ((;;)) do a; done",
    "select a do b; done",
    'a `b \\`c\\` \\$d \\\\\n e` "`f \\"g\\"`"',
    "echo a\\",
  ];
  for (const source of sources) checkRoundTrip(source);
});
