import { deepEqual, equal } from "node:assert/strict";
import { type ExpansionRules, HistoryExpander } from "./expansion.ts";

const PAST = [
  "echo aa bb cc 'd d' /usr/lib/x.tar.gz",
  "ls -l >out 2>&1 | wc -l",
  "echo foo foo bar",
  'cp $(date +%s) "x y" ${a b} b;ls',
];

const RULES: ExpansionRules = { characters: "!^#", extglob: false, posix: false };

const expander = () => new HistoryExpander({ next: PAST.length + 1, numbered: (number) => PAST[number - 1] });

/** What `line` becomes; an error as its message in brackets. */
function expand(line: string, rules = RULES): string {
  const result = expander().expand(line, rules);
  return result.kind === "same" ? line : result.kind === "expanded" ? result.text : `[${result.message}]`;
}

function check(rows: readonly (readonly [string, string])[], rules = RULES): void {
  for (const [line, expected] of rows) equal(expand(line, rules), expected, line);
}

Deno.test("HistoryExpander: which command is meant", () => {
  check([
    ["!!", PAST[3]!],
    ["!1", PAST[0]!],
    ["!-3", PAST[1]!],
    ["!ec x", `${PAST[2]} x`],
    ["!?foo?;", `${PAST[2]};`],
    ["!?out", PAST[1]!],
    ["a b !#", "a b a b "],
    ["!ls|cat", `${PAST[1]}|cat`],
  ]);
});

Deno.test("HistoryExpander: which words of it are meant", () => {
  check([
    ["!!:0", "cp"],
    ["!^ !$ !:2", '$(date +%s) ls "x y"'],
    ["!-2*", "foo foo bar"],
    ["!-2:0*", "echo foo foo bar"],
    ["!:1-2", '$(date +%s) "x y"'],
    ["!:-1", "cp $(date +%s)"],
    ["!-2:1-", "foo foo"],
    ["!-2:2*", "foo bar"],
    ["!-3:2-4", "> out 2>&1"],
    ["!ls:1", "-l"],
    ["!?foo? !:%", "echo foo foo bar foo"],
    ["a !#:0", "a a"],
  ]);
});

Deno.test("HistoryExpander: what becomes of the words", () => {
  check([
    ["!1:5:h", "/usr/lib"],
    ["!1:5:t", "x.tar.gz"],
    ["!1:5:t:r", "x.tar"],
    ["!1:5:e", ".gz"],
    ["!-2:s/foo/x/", "echo x foo bar"],
    ["!-2:gs/foo/<&>/", "echo <foo> <foo> bar"],
    ["!-2:s/foo/\\&/", "echo & foo bar"],
    ["!-2:s/o/0/:&", "ech0 f0o foo bar"],
    ["!-2:Gs/o/0/", "ech0 f0o f0o bar"],
    ["!-2:s;foo;a\\;b;", "echo a;b foo bar"],
    ["!?bar?:s//y/", "echo foo foo y"],
    ["!-2:q", "'echo foo foo bar'"],
    ["!-2:2*:x", "'foo' 'bar'"],
    ["^b^c^", 'cp $(date +%s) "x y" ${a c} b;ls'],
    ["^b^c^ && more", 'cp $(date +%s) "x y" ${a c} b;ls && more'],
  ]);
});

Deno.test("HistoryExpander: :p asks for the line to be shown only", () => {
  deepEqual(expander().expand("!1:0:p", RULES), { kind: "expanded", text: "echo", printOnly: true });
});

Deno.test("HistoryExpander: what stands for itself", () => {
  const lines = [
    "a ! b",
    "a !",
    "a!=b",
    "'a !!'",
    "$'a!!'",
    '"a!"',
    "[!a]",
    "$!",
    "${!a}",
    "a \\!! b",
    "# !!",
    "a # !!",
    "no mark",
  ];
  check(lines.map((line) => [line, line]));
  equal(expand('"a !:0"'), '"a cp"');
  equal(expand("\"a 'b !:0' c\""), "\"a 'b cp' c\"");
  equal(expand("!(a)", { ...RULES, extglob: true }), "!(a)");
  equal(expand('"!:0"', { ...RULES, posix: true }), '"!:0"');
});

Deno.test("HistoryExpander: other characters", () => {
  const rules = { ...RULES, characters: "@%#" };
  check([["@:0 !!", "cp !!"], ["%b%c%", 'cp $(date +%s) "x y" ${a c} b;ls']], rules);
  equal(expand("!!", { ...RULES, characters: "" }), "!!");
});

Deno.test("HistoryExpander: errors", () => {
  check([
    ["!nosuch", "[!nosuch: event not found]"],
    ["!-9", "[!-9: event not found]"],
    ["!?nosuch?", "[!?nosuch?: event not found]"],
    ["!!:9", "[:9: bad word specifier]"],
    ["!:1-9", "[:1-9: bad word specifier]"],
    ["!!:z", "[z: unrecognized history modifier]"],
    ["^foo^x", "[:s^foo^x: substitution failed]"],
    ["!!:&", "[:&: no previous substitution]"],
  ]);
});
