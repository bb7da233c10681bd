import { deepEqual, equal } from "node:assert/strict";
import { layOut, type View } from "./layout.ts";
import { Renderer } from "./renderer.ts";
import { VirtualTerminal } from "./virtual_terminal.ts";

const EMPTY: View = {
  prompt: "$ ",
  continuation: "> ",
  text: "",
  cursor: 0,
  spans: [],
  suggestion: "",
  suggestionStyle: "90",
  below: [],
};

/** A terminal on which views are shown. */
class Stage {
  readonly renderer = new Renderer();
  readonly terminal: VirtualTerminal;
  view: View = EMPTY;
  /** What was written last. */
  written = "";

  constructor(readonly rows = 6, readonly columns = 10) {
    this.terminal = new VirtualTerminal(rows, columns);
  }

  /** Shows a change of the view; the cursor is behind the text unless it says otherwise. */
  show(change: Partial<View>): string {
    const text = change.text ?? this.view.text;
    this.view = { ...this.view, cursor: text.length, ...change };
    this.written = this.renderer.render(layOut(this.view, this.columns), { rows: this.rows, columns: this.columns });
    this.terminal.write(this.written);
    return this.terminal.text;
  }

  get cursor(): [number, number] {
    return [this.terminal.row, this.terminal.column];
  }
}

Deno.test("Renderer: a prompt and text, with the cursor where it belongs", () => {
  const stage = new Stage();
  equal(stage.show({ text: "echo" }), "$ echo");
  deepEqual(stage.cursor, [0, 6]);
  stage.show({ cursor: 1 });
  deepEqual(stage.cursor, [0, 3]);
});

Deno.test("Renderer: writes no more than what has changed", () => {
  const stage = new Stage(6, 80);
  stage.show({ text: "echo abc" });
  stage.show({ text: "echo abcd" });
  equal(stage.written, "d");
  stage.show({ cursor: 8 });
  equal(stage.written, "\b");
  stage.show({ text: "echo abd", cursor: 7 });
  equal(stage.written, "\bd\x1b[K\b");
  stage.show({ text: "echo abd", cursor: 7 });
  equal(stage.written, "");
});

Deno.test("Renderer: text wraps at the right edge, and the cursor goes to the next row when a row is full", () => {
  const stage = new Stage();
  equal(stage.show({ text: "12345678" }), "$ 12345678");
  deepEqual(stage.cursor, [1, 0]);
  equal(stage.show({ text: "123456789" }), "$ 12345678\n9");
  deepEqual(stage.cursor, [1, 1]);
  equal(stage.show({ text: "0123456789", cursor: 1 }), "$ 01234567\n89");
  deepEqual(stage.cursor, [0, 3]);
  equal(stage.show({ text: "012345" }), "$ 012345");
});

Deno.test("Renderer: a row that shrinks below the edge leaves nothing behind", () => {
  const stage = new Stage();
  stage.show({ text: "1234567890123456789012" });
  equal(stage.show({ text: "1" }), "$ 1");
  deepEqual(stage.cursor, [0, 3]);
});

Deno.test("Renderer: wide characters do not straddle the edge; marks stay with their letter", () => {
  const stage = new Stage();
  equal(stage.show({ text: "1234567漢x" }), "$ 1234567\n漢x");
  deepEqual(stage.cursor, [1, 3]);
  equal(stage.show({ text: "e\u0301漢", cursor: 2 }), "$ e\u0301漢");
  deepEqual(stage.cursor, [0, 3]);
});

Deno.test("Renderer: control characters, tabs, and bytes that are no text are shown so that they can do nothing", () => {
  const stage = new Stage(6, 40);
  equal(stage.show({ text: "\x1b[2J\x7f\udcff\x9b\u202e" }), "$ ^[[2J^?\\xFF<U+009B><U+202E>");
  equal(stage.show({ text: "a\tb" }), "$ a     b");
});

Deno.test("Renderer: further lines of the text have the continuation prompt before them", () => {
  const stage = new Stage();
  equal(stage.show({ text: "if x\nthen\n", cursor: 4 }), "$ if x\n> then\n>");
  deepEqual(stage.cursor, [0, 6]);
  equal(stage.show({ text: "if x\nthen" }), "$ if x\n> then");
  deepEqual(stage.cursor, [1, 6]);
});

Deno.test("Renderer: escape sequences in a prompt take no room, and its last style is that of the text", () => {
  const stage = new Stage(6, 20);
  stage.show({ prompt: "\x01\x1b[1;31m\x02u\x01\x1b[0m\x02:\x1b]0;title\x07\x1b[32m$ ", text: "ls" });
  equal(stage.terminal.styled, "{1;31:u}:{32:$ ls}");
  deepEqual(stage.cursor, [0, 6]);
  stage.show({ text: "lsx", spans: [{ start: 0, end: 2, style: "4" }] });
  equal(stage.terminal.styled, "{1;31:u}:{32:$ }{4:ls}{32:x}");
});

Deno.test("Renderer: a prompt of several lines, and one that fills its row", () => {
  const stage = new Stage();
  equal(stage.show({ prompt: "top\n$ ", text: "ls" }), "top\n$ ls");
  deepEqual(stage.cursor, [1, 4]);
  const full = new Stage();
  equal(full.show({ prompt: "0123456789", text: "" }), "0123456789");
  deepEqual(full.cursor, [1, 0]);
  equal(full.show({ text: "a" }), "0123456789\na");
});

Deno.test("Renderer: a prompt that changes is painted anew", () => {
  const stage = new Stage(6, 30);
  stage.show({ prompt: "\x1b[31m$\x1b[0m ", text: "ls" });
  equal(stage.show({ prompt: "(search)`': " }), "(search)`': ls");
  equal(stage.terminal.styled, "(search)`': ls");
});

Deno.test("Renderer: suggestions and the lines below", () => {
  const stage = new Stage(6, 20);
  stage.show({ text: "git", suggestion: " status", below: ["one \x1b[1mtwo\x1b[0m", "a line that is much too long"] });
  equal(stage.terminal.styled, "$ git{90: status}\none {1:two}\na line that is much");
  deepEqual(stage.cursor, [0, 5]);
  equal(stage.show({ text: "git", suggestion: "", below: [] }), "$ git");
});

Deno.test("Renderer: below the last line of the screen there is room after scrolling", () => {
  const stage = new Stage(3, 10);
  stage.terminal.write("a\nb\n");
  stage.show({ text: "1\n2" });
  equal(stage.terminal.text, "b\n$ 1\n> 2");
  deepEqual(stage.terminal.scrolledOff, ["a"]);
});

Deno.test("Renderer: of a text that is taller than the screen the part around the cursor is shown", () => {
  const stage = new Stage(3, 10);
  stage.show({ text: "1\n2\n3\n4\n5" });
  equal(stage.terminal.text, "> 3\n> 4\n> 5");
  stage.show({ cursor: 3 });
  equal(stage.terminal.text, "> 2\n> 3\n> 4");
  deepEqual(stage.cursor, [0, 3]);
  stage.show({ cursor: 0 });
  equal(stage.terminal.text, "$ 1\n> 2\n> 3");
  stage.show({ text: "1" });
  equal(stage.terminal.text, "$ 1");
});

Deno.test("Renderer: leave goes to an empty line below, erase takes everything away", () => {
  const stage = new Stage();
  stage.show({ text: "12345678901", cursor: 0 });
  stage.terminal.write(stage.renderer.leave());
  deepEqual(stage.cursor, [2, 0]);
  equal(stage.show({ text: "x" }), "$ 12345678\n901\n$ x");
  stage.terminal.write(stage.renderer.erase());
  equal(stage.terminal.text, "$ 12345678\n901");
  deepEqual(stage.cursor, [2, 0]);
});

Deno.test("Renderer: clearScreen begins at the top", () => {
  const stage = new Stage();
  stage.terminal.write("before\n");
  stage.show({ text: "x" });
  stage.terminal.write(stage.renderer.clearScreen());
  equal(stage.show({}), "$ x");
});

Deno.test("Renderer: after a change of width, goes back to where the terminal has put the beginning", () => {
  const stage = new Stage(6, 10);
  stage.show({ text: "123456789012" });
  // Two rows of 10 and 4 columns have become three of 5.
  equal(stage.renderer.resized(5), "\r\x1b[2A\x1b[J");
});

Deno.test("Renderer: random edits show what painting anew would show", () => {
  let seed = 7;
  const random = (limit: number) => (seed = (seed * 1103515245 + 12345) & 0x7fffffff) % limit;
  const pieces = ["a", "b", " ", "\n", "漢", "e\u0301", "\t", "\x01", "long-word"];
  const stage = new Stage(5, 12);
  let parts: string[] = [];
  for (let round = 0; round < 3000; round++) {
    const at = random(parts.length + 1);
    if (random(3) > 0) parts.splice(at, 0, pieces[random(pieces.length)]!);
    else parts.splice(at, random(4));
    if (parts.length > 40) parts = [];
    const text = parts.join("");
    const cursor = parts.slice(0, random(parts.length + 1)).join("").length;
    const spans = random(2) === 0 ? [] : [{ start: Math.min(2, text.length), end: text.length, style: "31" }];
    const suggestion = random(4) === 0 ? "suggested" : "";
    stage.show({ text, cursor, spans, suggestion });
    const frame = layOut(stage.view, 12);
    const top = frame.cursor.row - stage.terminal.row;
    const expected = frame.rows.map(({ cells }) => cells.map((cell) => cell.text).join("").trimEnd());
    equal(stage.terminal.text, expected.slice(top, top + 5).join("\n").trimEnd(), JSON.stringify(text));
    equal(stage.terminal.column, frame.cursor.column);
    if (frame.rows.length > 5) continue;
    const fresh = new Stage(5, 12);
    fresh.show({ text, cursor, spans, suggestion });
    equal(stage.terminal.styled, fresh.terminal.styled);
  }
});
