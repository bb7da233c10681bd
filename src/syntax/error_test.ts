import assert from "node:assert/strict";
import { errorIn, hasBash, optionsWith } from "./testing.ts";
import { inputOf } from "./input.ts";
import { Parser } from "./parser.ts";
import { ShellSyntaxError } from "./error.ts";

type Messages = Readonly<Record<string, string | readonly string[]>>;

/** What bash says, line by line, about what no further text could mend. */
const WRONG: Messages = {
  ")": ["line 1: syntax error near unexpected token `)'", "line 1: `)'"],
  "a )": ["line 1: syntax error near unexpected token `)'", "line 1: `a )'"],
  ";": ["line 1: syntax error near unexpected token `;'", "line 1: `;'"],
  ";;": ["line 1: syntax error near unexpected token `;;'", "line 1: `;;'"],
  "&": ["line 1: syntax error near unexpected token `&'", "line 1: `&'"],
  "&& a": ["line 1: syntax error near unexpected token `&&'", "line 1: `&& a'"],
  "| a": ["line 1: syntax error near unexpected token `|'", "line 1: `| a'"],
  "a | | b": ["line 1: syntax error near unexpected token `|'", "line 1: `a | | b'"],
  "a && && b": ["line 1: syntax error near unexpected token `&&'", "line 1: `a && && b'"],
  "a ;; b": ["line 1: syntax error near unexpected token `;;'", "line 1: `a ;; b'"],
  "a ; ; b": ["line 1: syntax error near unexpected token `;'", "line 1: `a ; ; b'"],
  "a & & b": ["line 1: syntax error near unexpected token `&'", "line 1: `a & & b'"],
  "a ;\n; b": ["line 2: syntax error near unexpected token `;'", "line 2: `; b'"],
  "( )": ["line 1: syntax error near unexpected token `)'", "line 1: `( )'"],
  "()": ["line 1: syntax error near unexpected token `)'", "line 1: `()'"],
  "{ }": ["line 1: syntax error near unexpected token `}'", "line 1: `{ }'"],
  "{ a; } b": ["line 1: syntax error near unexpected token `b'", "line 1: `{ a; } b'"],
  "(a) b": ["line 1: syntax error near unexpected token `b'", "line 1: `(a) b'"],
  "a (": ["line 1: syntax error near unexpected token `newline'", "line 1: `a ('"],
  "a () b": ["line 1: syntax error near unexpected token `b'", "line 1: `a () b'"],
  "a b()": ["line 1: syntax error near unexpected token `('", "line 1: `a b()'"],
  "a (b)": ["line 1: syntax error near unexpected token `b'", "line 1: `a (b)'"],
  "a=b() { c; }": ["line 1: syntax error near unexpected token `('", "line 1: `a=b() { c; }'"],
  "f() ;": ["line 1: syntax error near unexpected token `;'", "line 1: `f() ;'"],
  "f()\na": ["line 2: syntax error near unexpected token `a'", "line 2: `a'"],
  "function": ["line 1: syntax error near unexpected token `newline'", "line 1: `function'"],
  "function f a": ["line 1: syntax error near unexpected token `a'", "line 1: `function f a'"],
  "function f() a": ["line 1: syntax error near unexpected token `a'", "line 1: `function f() a'"],
  "if a; then; fi": ["line 1: syntax error near unexpected token `;'", "line 1: `if a; then; fi'"],
  "if ; then a; fi": ["line 1: syntax error near unexpected token `;'", "line 1: `if ; then a; fi'"],
  "if a; then b; elif c; fi": ["line 1: syntax error near unexpected token `fi'", "line 1: `if a; then b; elif c; fi'"],
  "if a; then b; else c; else d; fi": [
    "line 1: syntax error near unexpected token `else'",
    "line 1: `if a; then b; else c; else d; fi'",
  ],
  "if a; then b; fi fi": ["line 1: syntax error near unexpected token `fi'", "line 1: `if a; then b; fi fi'"],
  "fi": ["line 1: syntax error near unexpected token `fi'", "line 1: `fi'"],
  "then": ["line 1: syntax error near unexpected token `then'", "line 1: `then'"],
  "do": ["line 1: syntax error near unexpected token `do'", "line 1: `do'"],
  "done": ["line 1: syntax error near unexpected token `done'", "line 1: `done'"],
  "else a": ["line 1: syntax error near unexpected token `else'", "line 1: `else a'"],
  "elif a": ["line 1: syntax error near unexpected token `elif'", "line 1: `elif a'"],
  "esac": ["line 1: syntax error near unexpected token `esac'", "line 1: `esac'"],
  "}": ["line 1: syntax error near unexpected token `}'", "line 1: `}'"],
  "in": ["line 1: syntax error near unexpected token `in'", "line 1: `in'"],
  "a; }": ["line 1: syntax error near unexpected token `}'", "line 1: `a; }'"],
  "while a; done": ["line 1: syntax error near unexpected token `done'", "line 1: `while a; done'"],
  "while; do a; done": ["line 1: syntax error near unexpected token `;'", "line 1: `while; do a; done'"],
  "until a; then": ["line 1: syntax error near unexpected token `then'", "line 1: `until a; then'"],
  "for": ["line 1: syntax error near unexpected token `newline'", "line 1: `for'"],
  "for a b": ["line 1: syntax error near unexpected token `b'", "line 1: `for a b'"],
  "for a in b do c; done": ["line 1: syntax error near unexpected token `done'", "line 1: `for a in b do c; done'"],
  "for a in b&": ["line 1: syntax error near unexpected token `&'", "line 1: `for a in b&'"],
  "for a in b | c": ["line 1: syntax error near unexpected token `|'", "line 1: `for a in b | c'"],
  "for ; do a; done": ["line 1: syntax error near unexpected token `;'", "line 1: `for ; do a; done'"],
  "for a in b; do; done": ["line 1: syntax error near unexpected token `;'", "line 1: `for a in b; do; done'"],
  "for (a; b; c) do d; done": ["line 1: syntax error near unexpected token `('", "line 1: `for (a; b; c) do d; done'"],
  "for ((a; b)); do c; done": [
    "line 1: syntax error: arithmetic expression required",
    "line 1: syntax error: `((a; b))'",
  ],
  "for ((a; b; c; d)); do e; done": ["line 1: syntax error: `;' unexpected", "line 1: syntax error: `((a; b; c; d))'"],
  "for ((a; b; c) do d; done": ["line 1: syntax error: `))' expected", "line 1: `for ((a; b; c) do d; done'"],
  "for in in in in; do do; done": [
    "line 1: syntax error near unexpected token `do'",
    "line 1: `for in in in in; do do; done'",
  ],
  "select": ["line 1: syntax error near unexpected token `newline'", "line 1: `select'"],
  "case": ["line 1: syntax error near unexpected token `newline'", "line 1: `case'"],
  "case a b": ["line 1: syntax error near unexpected token `b'", "line 1: `case a b'"],
  "case a in b": ["line 1: syntax error near unexpected token `newline'", "line 1: `case a in b'"],
  "case a in b c) d;; esac": ["line 1: syntax error near unexpected token `c'", "line 1: `case a in b c) d;; esac'"],
  "case a in ) b;; esac": ["line 1: syntax error near unexpected token `)'", "line 1: `case a in ) b;; esac'"],
  "case a in |b) c;; esac": ["line 1: syntax error near unexpected token `|'", "line 1: `case a in |b) c;; esac'"],
  "case a in b|) c;; esac": ["line 1: syntax error near unexpected token `)'", "line 1: `case a in b|) c;; esac'"],
  "case a in b) c;; esac)": ["line 1: syntax error near unexpected token `)'", "line 1: `case a in b) c;; esac)'"],
  "case a in b) c;;; esac": ["line 1: syntax error near unexpected token `;'", "line 1: `case a in b) c;;; esac'"],
  "case a in if) then;; esac": [
    "line 1: syntax error near unexpected token `then'",
    "line 1: `case a in if) then;; esac'",
  ],
  "case a in b c;; esac": ["line 1: syntax error near unexpected token `c'", "line 1: `case a in b c;; esac'"],
  "case a in (b c;; esac": ["line 1: syntax error near unexpected token `c'", "line 1: `case a in (b c;; esac'"],
  "case; in a) b;; esac": ["line 1: syntax error near unexpected token `;'", "line 1: `case; in a) b;; esac'"],
  "! |": ["line 1: syntax error near unexpected token `|'", "line 1: `! |'"],
  "! &&": ["line 1: syntax error near unexpected token `&&'", "line 1: `! &&'"],
  "time |": ["line 1: syntax error near unexpected token `|'", "line 1: `time |'"],
  "! )": ["line 1: syntax error near unexpected token `)'", "line 1: `! )'"],
  "coproc": ["line 1: syntax error near unexpected token `newline'", "line 1: `coproc'"],
  "coproc;": ["line 1: syntax error near unexpected token `;'", "line 1: `coproc;'"],
  "coproc |": ["line 1: syntax error near unexpected token `|'", "line 1: `coproc |'"],
  ">": ["line 1: syntax error near unexpected token `newline'", "line 1: `>'"],
  "> ;": ["line 1: syntax error near unexpected token `;'", "line 1: `> ;'"],
  "> >a": ["line 1: syntax error near unexpected token `>'", "line 1: `> >a'"],
  "a >": ["line 1: syntax error near unexpected token `newline'", "line 1: `a >'"],
  "a <": ["line 1: syntax error near unexpected token `newline'", "line 1: `a <'"],
  "a <<": ["line 1: syntax error near unexpected token `newline'", "line 1: `a <<'"],
  "a <<<": ["line 1: syntax error near unexpected token `newline'", "line 1: `a <<<'"],
  "a >&": ["line 1: syntax error near unexpected token `newline'", "line 1: `a >&'"],
  "a 2>": ["line 1: syntax error near unexpected token `newline'", "line 1: `a 2>'"],
  "a &> |": ["line 1: syntax error near unexpected token `|'", "line 1: `a &> |'"],
  "a < (b)": ["line 1: syntax error near unexpected token `('", "line 1: `a < (b)'"],
  "$(if a)": ["line 1: syntax error near unexpected token `)'", "line 1: `$(if a)'"],
  "$(a))": ["line 1: syntax error near unexpected token `)'", "line 1: `$(a))'"],
  "$(a | )": ["line 1: syntax error near unexpected token `)'", "line 1: `$(a | )'"],
  "$(;)": ["line 1: syntax error near unexpected token `;'", "line 1: `$(;)'"],
  "a=(b;c)": ["line 1: syntax error near unexpected token `;'", "line 1: `a=(b;c)'"],
  "a=(b\n;)": ["line 2: syntax error near unexpected token `;'", "line 2: `;)'"],
  "a=(<b)": ["line 1: syntax error near unexpected token `<'", "line 1: `a=(<b)'"],
  "a=(b)c=(d|e)": ["line 1: syntax error near unexpected token `('", "line 1: `a=(b)c=(d|e)'"],
  "a=b(c)": ["line 1: syntax error near unexpected token `('", "line 1: `a=b(c)'"],
  "a =(b)": ["line 1: syntax error near unexpected token `('", "line 1: `a =(b)'"],
  "[[ ]]": "line 1: unexpected token `]]' in conditional command",
  "[[ a": "line 1: unexpected token `newline', conditional binary operator expected",
  "[[ a ]": "line 1: conditional binary operator expected",
  "[[ a b ]]": "line 1: conditional binary operator expected",
  "[[ a b c ]]": "line 1: conditional binary operator expected",
  "[[ -f ]]": "line 1: unexpected argument `]]' to conditional unary operator",
  "[[ -f (a) ]]": "line 1: unexpected argument `(' to conditional unary operator",
  "[[ a == ]]": "line 1: unexpected argument `]]' to conditional binary operator",
  "[[ a == (b) ]]": "line 1: unexpected argument `(' to conditional binary operator",
  "[[ a == b|c ]]": "line 1: syntax error in conditional expression: unexpected token `|'",
  "[[ a == b c ]]": "line 1: syntax error in conditional expression",
  "[[ a && ]]": "line 1: unexpected token `]]' in conditional command",
  "[[ && a ]]": "line 1: unexpected token `&&' in conditional command",
  "[[ ! ]]": "line 1: unexpected token `]]' in conditional command",
  "[[ ( a ]]": "line 1: unexpected token `]]', expected `)'",
  "[[ ( a b ) ]]": ["line 1: conditional binary operator expected", "line 1: expected `)'"],
  "[[ () ]]": ["line 1: unexpected token `)' in conditional command", "line 1: expected `)'"],
  "[[ a ) ]]": "line 1: syntax error in conditional expression: unexpected token `)'",
  "[[ a ; ]]": "line 1: unexpected token `;', conditional binary operator expected",
  "[[ a\n== b ]]": "line 1: unexpected token `newline', conditional binary operator expected",
  "[[\na\n]]": "line 2: unexpected token `newline', conditional binary operator expected",
  "[[ a < ]]": "line 1: unexpected argument `]]' to conditional binary operator",
  "[[ a =~ ]]": "line 1: unexpected argument `]]' to conditional binary operator",
  "[[ -x ]] ]]": "line 1: unexpected argument `]]' to conditional unary operator",
  "[[ ! = ! ]]": "line 1: conditional binary operator expected",
  "[[ -n = -n ]]": "line 1: syntax error in conditional expression",
  "[[ a =~ <b> ]]": "line 1: syntax error in conditional expression: unexpected token `<'",
  "[[ a & b ]]": "line 1: unexpected token `&', conditional binary operator expected",
  "[[ a -a b ]]": "line 1: conditional binary operator expected",
  "[[ a $b c ]]": "line 1: conditional binary operator expected",
  '[[ a "b" c ]]': "line 1: conditional binary operator expected",
  "[[ a ]] b": ["line 1: syntax error near unexpected token `b'", "line 1: `[[ a ]] b'"],
  "<<E >\na\nE": ["line 1: syntax error near unexpected token `newline'", "line 1: `<<E >'"],
  "a\nb\n)\nc": ["line 3: syntax error near unexpected token `)'", "line 3: `)'"],
  "a; if b; then c; )": ["line 1: syntax error near unexpected token `)'", "line 1: `a; if b; then c; )'"],
  "if a; then\nb\ndone": ["line 3: syntax error near unexpected token `done'", "line 3: `done'"],
  "f() { a; } b": ["line 1: syntax error near unexpected token `b'", "line 1: `f() { a; } b'"],
  "f() { a; } >": ["line 1: syntax error near unexpected token `newline'", "line 1: `f() { a; } >'"],
  "echo a\\\n) b": ["line 2: syntax error near unexpected token `)'", "line 2: `) b'"],
  '"a\nb" )': ["line 2: syntax error near unexpected token `)'", "line 2: `b\" )'"],
  "a $(b\nc) )": ["line 2: syntax error near unexpected token `)'", "line 2: `c) )'"],
  "{ a; }; }": ["line 1: syntax error near unexpected token `}'", "line 1: `{ a; }; }'"],
  "a | { b; } c": ["line 1: syntax error near unexpected token `c'", "line 1: `a | { b; } c'"],
  "a &\n)": ["line 2: syntax error near unexpected token `)'", "line 2: `)'"],
};

/** The same for what further text could complete. */
const INCOMPLETE: Messages = {
  "{ a }": "line 2: syntax error: unexpected end of file",
  "(a": "line 2: syntax error: unexpected end of file",
  "{ a": "line 2: syntax error: unexpected end of file",
  "a ()": "line 2: syntax error: unexpected end of file",
  "function f": "line 2: syntax error: unexpected end of file",
  "function f ( { a; }": "line 2: syntax error: unexpected end of file",
  "if": "line 2: syntax error: unexpected end of file",
  "if a": "line 2: syntax error: unexpected end of file",
  "if a;": "line 2: syntax error: unexpected end of file",
  "if a; then": "line 2: syntax error: unexpected end of file",
  "if a; then b": "line 2: syntax error: unexpected end of file",
  "if a; then b; else": "line 2: syntax error: unexpected end of file",
  "while a; do b": "line 2: syntax error: unexpected end of file",
  "for a": "line 2: syntax error: unexpected end of file",
  "for ((a; b; c))": "line 2: syntax error: unexpected end of file",
  "select a in b; do": "line 2: syntax error: unexpected end of file",
  "case a": "line 2: syntax error: unexpected end of file",
  "case a in": "line 2: syntax error: unexpected end of file",
  "case a in b)": "line 2: syntax error: unexpected end of file",
  "case a in b) c": "line 2: syntax error: unexpected end of file",
  "coproc if": "line 2: syntax error: unexpected end of file",
  "<(": "line 2: unexpected EOF while looking for matching `)'",
  "'a": "line 1: unexpected EOF while looking for matching `''",
  "a 'b\nc": "line 1: unexpected EOF while looking for matching `''",
  '"a': "line 1: unexpected EOF while looking for matching `\"'",
  'a "b\nc': "line 1: unexpected EOF while looking for matching `\"'",
  "`a": "line 1: unexpected EOF while looking for matching ``'",
  "a `b\nc": "line 1: unexpected EOF while looking for matching ``'",
  "$'a": "line 1: unexpected EOF while looking for matching `''",
  '$"a': "line 1: unexpected EOF while looking for matching `\"'",
  '"$(a': "line 2: unexpected EOF while looking for matching `)'",
  "$(a": "line 2: unexpected EOF while looking for matching `)'",
  "$(a\n": "line 2: unexpected EOF while looking for matching `)'",
  "$(a;": "line 2: unexpected EOF while looking for matching `)'",
  "${a": "line 1: unexpected EOF while looking for matching `}'",
  "${a\nb": "line 1: unexpected EOF while looking for matching `}'",
  '"${a': "line 1: unexpected EOF while looking for matching `}'",
  '"${a}': "line 1: unexpected EOF while looking for matching `\"'",
  '${a:-"b}': "line 1: unexpected EOF while looking for matching `\"'",
  "${a:-`b}": "line 1: unexpected EOF while looking for matching ``'",
  "${a/b/'c}": "line 1: unexpected EOF while looking for matching `''",
  "$((a": "line 1: unexpected EOF while looking for matching `)'",
  "$((a)": "line 1: unexpected EOF while looking for matching `)'",
  "$[a": "line 1: unexpected EOF while looking for matching `]'",
  "((a": "line 1: unexpected EOF while looking for matching `)'",
  "((a)": "line 2: syntax error: unexpected end of file",
  "a=(": "line 1: unexpected EOF while looking for matching `)'",
  "a=(b": "line 1: unexpected EOF while looking for matching `)'",
  "a[b": "line 1: unexpected EOF while looking for matching `]'",
  "[[": "line 2: unexpected token `EOF' in conditional command",
  "[[ a =~ (b ]]": "line 1: unexpected EOF while looking for matching `)'",
  "a <<'E\nb": "line 1: unexpected EOF while looking for matching `''",
  "a\n\n\nif b\nc": "line 6: syntax error: unexpected end of file",
  "a &&\n\n": "line 3: syntax error: unexpected end of file",
  "a |": "line 2: syntax error: unexpected end of file",
  "a ||": "line 2: syntax error: unexpected end of file",
};

/** Where hexsh says more than bash, which goes on in silence, or names the line that is wrong and not the one it has come to. */
const OTHERWISE_IN_BASH: ReadonlySet<string> = new Set([
  "for ((a; b; c) do d; done",
  "((a)",
  "[[ ]]",
  "[[ a && ]]",
  "[[ ! ]]",
  "[[ a =~ (b ]]",
  "<<E >\na\nE",
]);

function messagesOf({ line, messages, sourceLine }: ShellSyntaxError): string[] {
  const shown = sourceLine === null ? [] : [`\`${sourceLine}'`];
  return [...messages, ...shown].map((message) => `line ${line}: ${message}`);
}

Deno.test("syntax errors: have the words of bash, the line and the token", () => {
  for (const [source, expected] of Object.entries(WRONG)) {
    const error = errorIn(source);
    assert.deepEqual(messagesOf(error), [expected].flat(), source);
    assert.equal(error.incomplete, false, source);
  }
});

Deno.test("syntax errors: tell what further text could complete", () => {
  for (const [source, expected] of Object.entries(INCOMPLETE)) {
    const error = errorIn(source);
    assert.deepEqual(messagesOf(error), [expected].flat(), source);
    assert.equal(error.incomplete, true, source);
  }
});

Deno.test({ name: "syntax errors: bash says the same", ignore: !hasBash() }, () => {
  for (const [source, expected] of Object.entries({ ...WRONG, ...INCOMPLETE })) {
    if (OTHERWISE_IN_BASH.has(source)) continue;
    const args = ["-n", "-c", source];
    const { stderr } = new Deno.Command("bash", { args, env: { LC_ALL: "C.UTF-8" } }).outputSync();
    const lines = new TextDecoder().decode(stderr).trimEnd().split(/\n(?=\S*bash: -c: )/);
    assert.deepEqual(lines.map((line) => line.replace(/^\S*bash: -c: /, "")), [expected].flat(), source);
  }
});

Deno.test("syntax errors: count lines from the first line of the source", () => {
  const source = { name: null, kind: "eval", firstLine: 7 } as const;
  assert.deepEqual(messagesOf(errorIn("a\n)", { source })), [
    "line 8: syntax error near unexpected token `)'",
    "line 8: `)'",
  ]);
});

Deno.test("syntax errors: the parser goes on with the next line", () => {
  const parser = new Parser(inputOf("a\nb ) c\nd\n"), optionsWith({}));
  assert.equal(parser.next()?.items.length, 1);
  assert.throws(() => parser.next(), ShellSyntaxError);
  assert.equal(parser.next()?.start, 8);
  assert.equal(parser.next(), null);
});

Deno.test("syntax errors: in the value of an array do not end a script", () => {
  assert.equal(errorIn("a=(b;c)").recoverable, true);
  assert.equal(errorIn("a=(b").recoverable, false);
  assert.equal(errorIn("a (b)").recoverable, false);
});
