import { deepEqual, equal } from "node:assert/strict";
import { Keymap } from "./keymap.ts";
import { Typist } from "./testing.ts";

/** The line before, the keys, the line afterwards; `|` is the cursor. */
type Row = readonly [string, string, string];

function check(rows: readonly Row[]): void {
  for (const [before, keys, after] of rows) {
    const typist = new Typist();
    typist.load(before);
    equal(typist.type(keys), after, `${JSON.stringify(before)} ${keys}`);
  }
}

Deno.test("Editing: typing, and moving by characters", () => {
  check([
    ["|", "abc", "abc|"],
    ["abc|", "<C-b><C-b>X", "aX|bc"],
    ["|abc", "<C-f><Right>X", "abX|c"],
    ["abc|", "<Left><Left><Left><Left>X", "X|abc"],
    ["abc|", "<C-a>X<C-e>Y", "XabcY|"],
    ["abc|", "<Home>X<End>Y", "XabcY|"],
    ["ae\u0301漢|", "<C-b><C-b>X", "aX|e\u0301漢"],
    ["👩‍👩‍👧x|", "<C-b><C-b>X", "X|👩‍👩‍👧x"],
  ]);
});

Deno.test("Editing: moving by words", () => {
  check([
    ["foo-bar  baz|", "<M-b>", "foo-bar  |baz"],
    ["foo-bar  baz|", "<M-b><M-b><M-b>", "|foo-bar  baz"],
    ["|foo-bar  baz", "<M-f>", "foo|-bar  baz"],
    ["|foo-bar  baz", "<CtrlRight><CtrlRight><CtrlRight>", "foo-bar  baz|"],
    ["größe 漢字|", "<M-b><M-b>", "|größe 漢字"],
    ["echo 'a b' $(x y)|", "<M-C-b>", "echo 'a b' |$(x y)"],
    ["echo 'a b' $(x y)|", "<M-C-b><M-C-b>", "echo |'a b' $(x y)"],
    ["|echo 'a b' c", "<M-C-f><M-C-f>", "echo 'a b'| c"],
    ["|a-b-c", "<C-]>c", "a-b-|c"],
    ["a-b-c|", "<M-C-]>a", "|a-b-c"],
  ]);
});

Deno.test("Editing: deleting", () => {
  check([
    ["ab|c", "<Backspace>", "a|c"],
    ["ab|c", "<C-h><C-h><C-h>", "|c"],
    ["a|bc", "<C-d>", "a|c"],
    ["a|bc", "<Delete><Delete><Delete>", "a|"],
    ["ae\u0301|", "<Backspace>", "a|"],
    ["a  | b", "<M-\\>", "a|b"],
  ]);
});

Deno.test("Editing: killing, and yanking what was killed in a row as one", () => {
  check([
    ["ab|cd", "<C-k><C-a><C-y>", "cd|ab"],
    ["ab|cd", "<C-u><C-e><C-y>", "cdab|"],
    ["one two three|", "<C-w><C-w><C-y>", "one two three|"],
    ["one two three|", "<C-w><C-w><C-a><C-y>", "two three|one "],
    ["|one two three", "<M-d><M-d><C-e> <C-y>", " three one two|"],
    ["a/b.c|", "<M-Backspace>", "a/b.|"],
    ["a/b.c d|", "<C-w><C-w>", "|"],
    ["one|", "<C-w>two<C-w><C-y><M-y>", "one|"],
    ["one|", "<C-w>two<C-w><C-y><M-y><M-y>", "two|"],
    ["abcd|", "<M-3><Backspace><C-a><C-y>", "bcd|a"],
    ["abc|d", "<C-x><C-?><C-e><C-y>", "dabc|"],
    ["a b|", "<C-@><M-b><C-x><C-x>X", "a bX|"],
  ]);
});

Deno.test("Editing: transposing and changing case", () => {
  check([
    ["ab|", "<C-t>", "ba|"],
    ["a|bc", "<C-t>", "ba|c"],
    ["|ab", "<C-t>", "|ab"],
    ["one two|", "<M-t>", "two one|"],
    ["one| two three", "<M-t>", "two one| three"],
    ["|one two", "<M-u>", "ONE| two"],
    ["|one two", "<M-c><M-c>", "One Two|"],
    ["ONE| TWO", "<M-l>", "ONE two|"],
    ["one two|", "<M--><M-u>", "one TWO|"],
    ["|straße", "<M-u>", "STRASSE|"],
  ]);
});

Deno.test("Editing: undoing, in groups of what was typed", () => {
  check([
    ["|", "abc<C-_>", "|"],
    ["|", "abc<Left>X<C-_>", "ab|c"],
    ["|", "abc<Left>X<C-_><C-_>", "|"],
    ["one two|", "<C-w><C-_>", "one two|"],
    ["one|", "<C-w>two<M-r>", "one|"],
    ["|", "0123456789012345678901234<C-_>", "01234567890123456789|"],
  ]);
});

Deno.test("Editing: numeric arguments", () => {
  check([
    ["|", "<M-5>x", "xxxxx|"],
    ["|", "<M-1>0x", "xxxxxxxxxx|"],
    ["abcdef|", "<M--><M-2><C-f>X", "abcdX|ef"],
    ["abcdef|", "<M-->2<C-b>X", "abcdefX|"],
    ["|abcdef", "<M-3><C-d>", "|def"],
    ["a b c d|", "<M-2><M-b>", "a b |c d"],
    ["abc|", "<M-2><C-g>x", "abcx|"],
  ]);
});

Deno.test("Editing: quoted insertion, and keys that nobody has bound", () => {
  const typist = new Typist();
  equal(typist.type("<C-v><C-a><C-v><Up>"), "\x01\x1b[A|");
  equal(typist.bells, 0);
  typist.load("|");
  for (const sequence of ["\x1b[99~", "\x1b[1;2R", "\x1b\x1b[5A"]) typist.editing.feed({ sequence });
  equal(typist.shown, "|");
  equal(typist.bells, 0);
  typist.type("<M-q><C-^><C-x>q");
  equal(typist.bells, 3);
  equal(typist.shown, "|");
});

Deno.test("Editing: pasted text goes in as it is, newlines and all", () => {
  const typist = new Typist();
  equal(typist.type("<paste:echo\\na\x01\r\n>"), "echo\na\x01\n|");
  deepEqual(typist.effects, []);
});

Deno.test("Editing: the end of the input is Ctrl-D with nothing typed", () => {
  const typist = new Typist();
  typist.type("a<C-b><C-d><C-d>");
  equal(typist.effects.some(({ kind }) => kind === "end"), false, "nobody ends the shell by holding the key down");
  typist.type("x<Backspace><C-d>");
  equal(typist.effects.at(-1)!.kind, "end");
  const other = new Typist();
  other.type("<Delete>");
  equal(other.bells, 1);
});

Deno.test("Editing: an incomplete command goes on in the next line", () => {
  const typist = new Typist();
  equal(typist.type("if x<Enter>then"), "if x\nthen|");
  equal(typist.type("<Up>Y"), "if xY|\nthen");
  equal(typist.type("<C-a>Z<C-e>!"), "Zif xY!|\nthen");
  equal(typist.type("<C-k>"), "Zif xY!|then");
  equal(typist.type("<C-_><Down><C-u>"), "Zif xY!\n|");
  equal(typist.type("<C-u>"), "Zif xY!|");
  equal(typist.type("<M-Enter>"), "Zif xY!\n|");
});

Deno.test("Editing: up and down in the history keep what was changed", () => {
  const typist = new Typist(["one", "two", "three"]);
  equal(typist.type("new<Up>"), "three|");
  equal(typist.type("X<Up>"), "two|");
  equal(typist.type("<Down>"), "threeX|");
  equal(typist.type("<Down>"), "new|");
  equal(typist.type("<Down>"), "new|");
  equal(typist.bells, 1);
  equal(typist.type("<M-lt>"), "one|");
  equal(typist.type("<M->>"), "new|");
  typist.type("<C-p><Enter>");
  deepEqual(typist.past, ["one", "two", "three", "threeX"]);
  equal(typist.type("<C-p><C-p>"), "three|");
});

Deno.test("Editing: up goes to the history from the first line only, but through the history without stopping", () => {
  const typist = new Typist(["if a\nb", "if c\nd"]);
  equal(typist.type("<Up>"), "if c\nd|");
  equal(typist.type("<Up>"), "if a\nb|");
  equal(typist.type("<Left><Up>"), "|if a\nb");
});

Deno.test("Editing: searching for the beginning of the line", () => {
  const typist = new Typist(["make", "ls", "make test", "ls", "make test"]);
  equal(typist.type("ma<PageUp>"), "ma|ke test");
  equal(typist.type("<PageUp>"), "ma|ke");
  equal(typist.type("<PageUp>"), "ma|ke");
  equal(typist.type("<PageDown><PageDown>"), "ma|");
});

Deno.test("Editing: incremental search", () => {
  const typist = new Typist(["make all", "ls", "make test", "git make"]);
  typist.type("was<C-r>make");
  equal(typist.editing.mode!.prompt, "(reverse-i-search)`make': ");
  equal(typist.shown, "git |make");
  equal(typist.type("<C-r>"), "|make test");
  equal(typist.type(" a"), "|make all");
  deepEqual(typist.editing.mode!.match, { start: 0, end: 6 });
  equal(typist.type("x"), "|make all");
  equal(typist.editing.mode!.prompt, "(failed reverse-i-search)`make ax': ");
  equal(typist.bells, 1);
  equal(typist.type("<Backspace><Backspace><Backspace>"), "|make test");
  equal(typist.type("<C-s>"), "git |make");
  equal(typist.editing.mode!.prompt, "(i-search)`make': ");
  equal(typist.type("<C-g>"), "was|");
  equal(typist.editing.mode, null);
});

Deno.test("Editing: a search ends with a key that is for something else, and remembers", () => {
  const typist = new Typist(["make all", "ls -l", "echo"]);
  equal(typist.type("<C-r>ls<C-e>X"), "ls -lX|");
  equal(typist.type("<C-c>"), "ls -lX|");
  typist.load("|");
  equal(typist.type("<C-r><C-r>"), "|ls -l");
  equal(typist.type("<Escape>X"), "Xls -l".replace("X", "X|"));
  typist.load("|");
  typist.type("<C-r>make<Enter>");
  equal(typist.past.at(-1), "make all");
});

Deno.test("Editing: a search takes pastes, kills and the rest of words", () => {
  const typist = new Typist(["git commit --amend", "git checkout main"]);
  equal(typist.type("<C-r>git c<C-w>"), "|git checkout main");
  equal(typist.editing.mode!.prompt, "(reverse-i-search)`git checkout': ");
  typist.type("<C-g>");
  typist.effects.length = 0;
  equal(typist.type("<C-r><paste:--amend>"), "git commit |--amend");
});

Deno.test("Editing: search at a prompt", () => {
  const typist = new Typist(["make all", "remake", "ls"]);
  typist.type("was<M-p>make");
  equal(typist.editing.mode!.prompt, ":");
  equal(typist.type("<Enter>"), "remake|");
  typist.load("|");
  equal(typist.type("<M-p>^make<Enter>"), "make all|");
});

Deno.test("Editing: the last argument, again and again, and any other", () => {
  const typist = new Typist(["cp a b", "echo", "mv 'x y' $(z z)"]);
  equal(typist.type("ls <M-.>"), "ls $(z z)|");
  equal(typist.type("<M-.>"), "ls echo|");
  equal(typist.type("<M-.>"), "ls b|");
  equal(typist.type("<M-.>"), "ls b|");
  equal(typist.bells, 1);
  typist.load("|");
  equal(typist.type("<M-1><M-.>"), "'x y'|");
  equal(typist.type("<M-.><M-.>"), "a|");
  typist.load("|");
  equal(typist.type("<M-0><M-C-y>"), "mv|");
});

Deno.test("Editing: Ctrl-O accepts, and goes on with the line behind it", () => {
  const typist = new Typist(["one", "two", "three"]);
  equal(typist.type("<Up><Up><Up><C-o>"), "two|");
  equal(typist.type("<C-o>"), "three|");
  deepEqual(typist.past, ["one", "two", "three", "one", "two"]);
});

Deno.test("Editing: completing as far as possible, then listing", () => {
  const typist = new Typist();
  typist.words = ["status", "stash", "switch", "main/"];
  equal(typist.type("git st<Tab>"), "git sta|");
  equal(typist.bells, 0);
  equal(typist.type("<Tab>"), "git sta|");
  equal(typist.bells, 1);
  typist.type("<Tab>");
  deepEqual(typist.editing.listed.map(({ shown }) => shown), ["status", "stash"]);
  equal(typist.type("t"), "git stat|");
  deepEqual(typist.editing.listed, []);
  equal(typist.type("<Tab>"), "git status |");
  equal(typist.type("m<Tab>"), "git status main/|");
  equal(typist.type(" nothing<Tab>"), "git status main/ nothing|");
  equal(typist.bells, 1);
});

Deno.test("Editing: inserting all completions, and going round them", () => {
  const typist = new Typist(undefined, new Keymap([["\x1b*", "insert-completions"], ["\t", "menu-complete"]]));
  typist.words = ["ab", "ac"];
  equal(typist.type("x a<M-*>"), "x ab ac |");
  typist.load("a|");
  equal(typist.type("<Tab>"), "ab|");
  equal(typist.type("<Tab>"), "ac|");
  equal(typist.type("<Tab>"), "a|");
  equal(typist.type("<Tab>"), "ab|");
});

Deno.test("Editing: asks before it shows a long list", () => {
  const typist = new Typist();
  typist.words = ["a1", "a2", "a3", "a4", "a5", "a6"];
  typist.type("a<Tab><Tab>");
  equal(typist.editing.mode!.prompt, "Display all 6 possibilities? (y or n) ");
  typist.type("n");
  equal(typist.editing.mode, null);
  equal(typist.effects.some(({ kind }) => kind === "list"), false);
  typist.type("<M-?>y");
  equal(typist.effects.some(({ kind }) => kind === "list"), true);
  equal(typist.shown, "a|");
});

Deno.test("Editing: keyboard macros, also those that call themselves", () => {
  const typist = new Typist();
  equal(typist.type("<C-x>(ab<C-x>)"), "ab|");
  equal(typist.type("<C-x>e"), "abab|");
  equal(typist.type("<M-2><C-x>e"), "abababab|");
  const endless = new Typist();
  endless.editing.keymap.bind("\x18z", { kind: "macro", text: "x\x18z\x18z" });
  endless.type("<C-x>z");
  equal(endless.effects.filter(({ kind }) => kind === "bell").length > 0, true);
});

Deno.test("Editing: keys that are bound to macros and to commands of the shell", () => {
  const typist = new Typist();
  typist.editing.keymap.bind("\x18g", { kind: "macro", text: "git status\r" });
  typist.editing.keymap.bind("\x18h", { kind: "shell", command: "date" });
  typist.type("<C-x>g<C-x>h");
  deepEqual(typist.past, ["git status"]);
  deepEqual(typist.effects.at(-1), { kind: "run", command: "date", key: "\x18h" });
});

Deno.test("Editing: a sequence that may go on waits, and is taken as it is when nothing comes", () => {
  const typist = new Typist(
    undefined,
    new Keymap([["jk", "beginning-of-line"], ["j", "end-of-line"], ["\x1bq", "undo"]]),
  );
  typist.load("a|b");
  typist.type("j");
  equal(typist.editing.awaitsMore, true);
  typist.editing.endSequence();
  equal(typist.shown, "ab|");
  equal(typist.type("jkX"), "X|ab");
  typist.type("<Escape>");
  equal(typist.editing.awaitsMore, false);
  equal(typist.type("q"), "|ab", "an escape and a letter are a key with Alt");
});

Deno.test("Editing: what others expand", () => {
  const typist = new Typist(["echo hi"]);
  equal(typist.type("!!<M-^>"), "echo hi|");
  typist.load("echo $x|");
  equal(typist.type("<M-C-e>"), "echo value|");
  typist.load("ls ~/a| b");
  equal(typist.type("<M-&>"), "ls /home/me/a| b");
  typist.load("rm x|");
  typist.type("<M-#>");
  equal(typist.past.at(-1), "#rm x");
});

Deno.test("Editing: moving beyond the end takes what is suggested", () => {
  const typist = new Typist();
  typist.load("git|");
  typist.editing.suggestion = " status -s";
  equal(typist.type("<M-f>"), "git status|");
  typist.editing.suggestion = " -s";
  equal(typist.type("<C-f>"), "git status -s|");
});
