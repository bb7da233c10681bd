import assert from "node:assert/strict";
import { optionsWith, parseText } from "./testing.ts";
import { outline } from "./testing_outline.ts";

type Aliases = Readonly<Record<string, string>>;

function check(aliases: Aliases, expected: Readonly<Record<string, string>>, posix = false): void {
  const alias = (name: string) => Object.hasOwn(aliases, name) ? aliases[name] : undefined;
  for (const [source, text] of Object.entries(expected)) {
    assert.equal(outline(parseText(source, { ...optionsWith({}), alias, posix })), text, source);
  }
}

Deno.test("alias: the name of a command is replaced by its value", () => {
  check({ a: "b c", e: "", v: "x=1", r: ">f", p: "b | c", i: "if a; then", l: "b\nc" }, {
    "a": "[b c]",
    "a d": "[b c d]",
    "x a": "[x a]",
    "x; a": "[x]; [b c]",
    "x | a && a": "((pipe [x] | [b c]) && [b c])",
    "y=1 a": "[y=1 b c]",
    ">f a": "[b c >f]",
    "e": "",
    "e a": "[b c]",
    "v a": "[x=1 b c]",
    "r a": "[b c >f]",
    "p d": "(pipe [b] | [c d])",
    "i a; fi": "(if [b c] then [b c])",
    "l d": "[b]; [c d]",
    "(a)": "(subshell [b c])",
    "a;a": "[b c]; [b c]",
    "! a": "(pipe ! [b c])",
    "time a": "(pipe time [b c])",
    "{ a; }": "(group [b c])",
    "f() { a; }": "(function f (group [b c]))",
    "case a in a) a;; esac": "(case a a) [b c] ;;)",
    "for a in a; do a; done": "(for a in a do [b c])",
    "[[ a ]]": "([[ (word a) ]])",
    "a=(a)": "[a=(a)]",
  });
});

Deno.test("alias: a word that is quoted or holds an expansion is none", () => {
  check({ a: "b" }, {
    "\\a": "[\\a]",
    "'a'": "['a']",
    '"a"': '["a"]',
    "a''": "[a+'']",
    "a$x": "[a+$x]",
    "a=1": "[a=1]",
    "ab": "[ab]",
    "a\\\n": "[b]",
  });
});

Deno.test("alias: is not substituted within its own value", () => {
  check({ a: "a b", c: "d", d: "c", e: "f; e", f: "e g" }, {
    "a": "[a b]",
    "a; a": "[a b]; [a b]",
    "c x": "[c x]",
    "e": "[e g]; [e]",
    "d; c": "[d]; [c]",
  });
});

Deno.test("alias: behind a value that ends in a blank, the next word is looked at", () => {
  check({ s: "sudo ", t: "x\t", a: "b c", w: "d ", n: "s a", o: "sudo" }, {
    "s a": "[sudo b c]",
    "s a a": "[sudo b c a]",
    "s x a": "[sudo x a]",
    "t a": "[x b c]",
    "s w a": "[sudo d b c]",
    "s s a": "[sudo sudo b c]",
    "n a": "[sudo b c a]",
    "o a": "[sudo a]",
    "s 'a'": "[sudo 'a']",
    "s >f a": "[sudo a >f]",
    "s\\\n a": "[sudo b c]",
    "s\na": "[sudo]; [b c]",
    "s ;a": "[sudo]; [b c]",
  });
});

Deno.test("alias: a value may end in the middle of a construct", () => {
  check({ q: "echo 'a", d: 'echo "a', s: "echo $(a", o: "a |", g: "a &", h: "cat <<E\nb\nE", c: "a #", k: "a \\" }, {
    "q b'": "[echo 'a b']",
    'd b"': '[echo "a b"]',
    "s b)": "[echo $([a b])]",
    "o b": "(pipe [a] | [b])",
    "o| b": "([a] || [b])",
    "g& b": "([a] && [b])",
    "h": "[cat <<E{b\\n}]",
    "c b": "[a]",
    "k b": "[a \\ +b]",
    "k\n b": "[a b]",
  });
});

Deno.test("alias: its last word does not become a descriptor or a function's name with what follows", () => {
  check({ n: "a 2", f: "a b", l: "a <", q: "a '2" }, {
    "n>f": "[a 2 >f]",
    "n 2>f": "[a 2 2>f]",
    "l>f": "[a <>f]",
    "l&2": "[a <&2]",
    "q<'": "[a '2<']",
  });
});

Deno.test("alias: reserved words may be aliases, but in POSIX mode they are none in their places", () => {
  const aliases = { if: "a", in: "b", do: "c", done: "d", esac: "e", for_: "for x ", case_: "case x " };
  check(aliases, { "if x": "[a x]" });
  check(aliases, {
    "if x; then y; fi": "(if [x] then [y])",
    "for_ in y; do z; done": "(for x in y do [z])",
    "for_ do y; done": "(for x do [y])",
    "case_ in in) z;; esac": "(case x in) [z] ;;)",
  }, true);
});

Deno.test("alias: the commands of substitutions are left as they are", () => {
  check({ a: "b" }, {
    "$(a)": "[$([a])]",
    "<(a)": "[<([a])]",
    "`a`": "[`a`]",
    '"$(a)"; a': '["$([a])"]; [b]',
  });
});

Deno.test("alias: text of a value has the position and the line of the name", () => {
  const alias = (name: string) => name === "a" ? "b\nc" : undefined;
  const { items } = parseText("x\na d\ny", { alias });
  assert.deepEqual(items.map(({ command }) => "line" in command ? command.line : 0), [1, 2, 2, 3]);
  assert.deepEqual(items.map(({ command }) => command.start), [0, 2, 2, 6]);
});
