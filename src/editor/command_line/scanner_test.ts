import { deepEqual, equal } from "node:assert/strict";
import { type MarkKind, Scanner } from "./scanner.ts";

/** The role of what is at the end of `text`, with the word that it is in and the command around that. */
function context(text: string): string {
  const { word, role, command } = new Scanner(text).context;
  const slice = (part: { readonly start: number; readonly end: number } | null | undefined) =>
    part ? text.slice(part.start, part.end) : "";
  return [role, slice(word), role === "command" ? "" : slice(command?.words[0])].join("|");
}

Deno.test("Scanner: what stands at the cursor", () => {
  const rows: readonly (readonly [string, string])[] = [
    ["", "command||"],
    ["gi", "command|gi|"],
    ["git ", "argument||git"],
    ["git st", "argument|st|git"],
    ["git 'a b", "argument|'a b|git"],
    ["a=1 b=2 gi", "command|gi|"],
    ["a=1 git x", "argument|x|git"],
    ["a=va", "assignment|a=va|"],
    ["a=", "assignment|a=|"],
    ["ls; gi", "command|gi|"],
    ["ls | grep x", "argument|x|grep"],
    ["ls && gi", "command|gi|"],
    ["ls >fi", "target|fi|ls"],
    ["ls > ", "target||ls"],
    ["ls >f x", "argument|x|ls"],
    [">f l", "command|l|"],
    ["if tru", "command|tru|"],
    ["if true; then gi", "command|gi|"],
    ["if", "command|if|"],
    ["! gi", "command|gi|"],
    ["while :; do ls a", "argument|a|ls"],
    ["for x", "name|x|"],
    ["for x in a", "argument|a|"],
    ["for x in a; do gi", "command|gi|"],
    ["for x; do gi", "command|gi|"],
    ["case wo", "argument|wo|"],
    ["case x in pa", "argument|pa|"],
    ["case x in a) gi", "command|gi|"],
    ["case x in a|b) ls;; c) gi", "command|gi|"],
    ["case x in (a) ls a", "argument|a|ls"],
    ["(cd di", "argument|di|cd"],
    ["{ cd di", "argument|di|cd"],
    ["f() { cd di", "argument|di|cd"],
    ["function f { cd di", "argument|di|cd"],
    ["function f() { cd di", "argument|di|cd"],
    ["[[ -f fi", "argument|fi|"],
    ["[[ a < b && c ]] && gi", "command|gi|"],
    ["echo $(gi", "command|gi|"],
    ["echo $(git st", "argument|st|git"],
    ['echo "$(git st', "argument|st|git"],
    ["echo $(git x) y", "argument|y|echo"],
    ["echo `git st", "argument|st|git"],
    ["diff <(sort fi", "argument|fi|sort"],
    ["echo a # com", "comment||"],
    ["echo a#b", "argument|a#b|echo"],
    ["a=(one tw", "assignment|tw|"],
    ["a |1> gi", "command|gi|"],
    ["echo a\\ b", "argument|a\\ b|echo"],
    ["cat <<E\nbody\nE\ngi", "command|gi|"],
    ["echo *.@(c|h", "argument|*.@(c|h|echo"],
    ["((x + y)); gi", "command|gi|"],
    ["git a \\\n b", "argument|b|git"],
    ["2>er", "target|er|"],
    ["git 2>&1 st", "argument|st|git"],
  ];
  for (const [text, expected] of rows) equal(context(text), expected, text);
});

Deno.test("Scanner: variables at the end of the text", () => {
  const at = (text: string) => new Scanner(text).context.word?.variable;
  equal(at("echo $HO"), 5);
  equal(at("echo a$"), 6);
  equal(at('echo "x ${HO'), 8);
  equal(at("echo '$HO"), -1);
  equal(at("echo $HO/"), -1);
  equal(at("echo ${HO:-"), -1);
});

Deno.test("Scanner: the quotation that is open", () => {
  const open = (text: string) => new Scanner(text).context.word?.open;
  equal(open("a 'b"), "'");
  equal(open('a "b'), '"');
  equal(open("a $'b\\'"), "$'");
  equal(open("a 'b'"), null);
});

Deno.test("Scanner: what the parts of a line are", () => {
  const marks = (text: string) =>
    new Scanner(text).marks.map(({ kind, start, end }): [MarkKind, string] => [kind, text.slice(start, end)]);
  deepEqual(marks('if x=1 ls -l "$a b" >f # end'), [
    ["keyword", "if"],
    ["assignment", "x="],
    ["command", "ls"],
    ["argument", "-l"],
    ["argument", '"$a b"'],
    ["quoted", '"$a b"'],
    ["variable", "$a"],
    ["redirection", ">"],
    ["comment", "# end"],
  ]);
  deepEqual(marks("cat <<-E | wc\n\tbody\n\tE\n$(a)"), [
    ["command", "cat"],
    ["redirection", "<<-"],
    ["operator", "|"],
    ["command", "wc"],
    ["quoted", "\tbody\n\tE\n"],
    ["command", "$(a)"],
    ["operator", "$("],
    ["command", "a"],
    ["operator", ")"],
  ]);
});

Deno.test("Scanner: takes any text, and comes to its end", () => {
  let seed = 3;
  const random = (limit: number) => (seed = (seed * 1103515245 + 12345) & 0x7fffffff) % limit;
  const pieces = [
    "$(",
    ")",
    "((",
    "))",
    "'",
    '"',
    "`",
    "${",
    "}",
    "\\",
    "\n",
    ";;",
    "case x in ",
    "esac ",
    "<<E",
    "[[ ",
    "]]",
    "(",
    "for ",
    "in ",
    "do ",
    "a",
    "=",
    " ",
    "|",
    "&",
    "#",
    "$'",
    ">",
    "漢",
  ];
  for (let round = 0; round < 2000; round++) {
    const text = Array.from({ length: random(20) }, () => pieces[random(pieces.length)]!).join("");
    const scanner = new Scanner(text);
    equal(scanner.index, text.length, JSON.stringify(text));
    for (const { start, end } of scanner.marks) equal(0 <= start && start <= end && end <= text.length, true);
  }
  equal(new Scanner("$(".repeat(5000)).index, 10000);
});
