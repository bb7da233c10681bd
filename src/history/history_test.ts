import { deepEqual, equal } from "node:assert/strict";
import { nativeSystem } from "../system/native.ts";
import { appendHistory, formatHistory, parseHistory, readHistory, shortenHistory, writeHistory } from "./file.ts";
import { History, type HistoryEntry } from "./history.ts";
import { joinLines } from "./joining.ts";

const system = nativeSystem();

function entries(...texts: string[]): HistoryEntry[] {
  return texts.map((text, index) => ({ text, time: 1000 + index }));
}

const texts = (list: readonly HistoryEntry[]) => list.map(({ text }) => text);

function inDirectory(test: (directory: string) => void): void {
  const directory = Deno.makeTempDirSync();
  try {
    test(directory);
  } finally {
    Deno.removeSync(directory, { recursive: true });
  }
}

Deno.test("History: numbers stay with their entries when the oldest are dropped", () => {
  const history = new History();
  for (const entry of entries("a", "b", "c")) history.add(entry);
  history.limit(2);
  deepEqual([history.first, history.next, history.numbered(2), history.numbered(1)], [2, 4, "b", undefined]);
  equal(history.unsaved, 2);
  history.remove(0);
  deepEqual([texts(history.slice(0)), history.unsaved], [["c"], 1]);
});

Deno.test("parseHistory, formatHistory: entries of several lines survive if times stand between them", () => {
  const list = entries("echo a", "for x\ndo y\ndone", "# comment", "last");
  const file = formatHistory(list, true);
  equal(file, "#1000\necho a\n#1001\nfor x\ndo y\ndone\n#1002\n# comment\n#1003\nlast\n");
  deepEqual(parseHistory(file), list);
});

Deno.test("parseHistory: a file without times has an entry on each line", () => {
  deepEqual(texts(parseHistory("a\nb\n\n#5\nc\n#no\nd")), ["a", "b", "c", "#no", "d"]);
  deepEqual(parseHistory("a\n#5\nc\n")[1], { text: "c", time: 5 });
  deepEqual(parseHistory(""), []);
});

Deno.test("appendHistory: makes a file for the user alone, and tells where its entries are", () =>
  inDirectory((directory) => {
    const path = `${directory}/history`;
    deepEqual(appendHistory(system, path, entries("a"), true), { start: 0, end: 8 });
    equal(Deno.statSync(path).mode! & 0o777, 0o600);
    Deno.writeTextFileSync(path, "#7\nother\n", { append: true });
    deepEqual(appendHistory(system, path, entries("b\nc"), true), { start: 17, end: 27 });
    const read = readHistory(system, path, 0, [{ start: 0, end: 8 }, { start: 17, end: 27 }]);
    deepEqual(read, { entries: [{ text: "other", time: 7 }], size: 27 });
  }));

Deno.test("readHistory: bytes that are no text come back as they were", () =>
  inDirectory((directory) => {
    const path = `${directory}/history`;
    equal(writeHistory(system, path, [{ text: "echo \udcff漢", time: null }], true), 10);
    const read = readHistory(system, path);
    deepEqual(typeof read === "number" ? read : texts(read.entries), ["echo \udcff漢"]);
    equal(readHistory(system, `${directory}/none`), -2);
    equal(readHistory(system, directory), -21);
  }));

Deno.test("shortenHistory: keeps the last entries, the mode, and a symbolic link", () =>
  inDirectory((directory) => {
    const path = `${directory}/history`;
    writeHistory(system, `${directory}/real`, entries("a", "b", "c", "d"), true);
    Deno.symlinkSync("real", path);
    equal(shortenHistory(system, path, 2, 2), 0);
    equal(Deno.readTextFileSync(path).length, 32);
    equal(shortenHistory(system, path, 2, 1), 0);
    equal(Deno.readTextFileSync(path), "#1002\nc\n#1003\nd\n");
    equal(Deno.readLinkSync(path), "real");
    equal(Deno.statSync(path).mode! & 0o777, 0o600);
    deepEqual([...Deno.readDirSync(directory)].length, 2);
    equal(shortenHistory(system, "/dev/null", 0, 0), 0);
  }));

Deno.test("shortenHistory: what others add meanwhile stays, and on failure the file is as it was", () =>
  inDirectory((directory) => {
    const path = `${directory}/history`;
    writeHistory(system, path, entries("a", "b", "c"), true);
    let added = false;
    const meddled = new Proxy(system, {
      get(target, name) {
        const method = Reflect.get(target, name).bind(target);
        if (name !== "write") return method;
        return (...args: unknown[]) => {
          if (!added) Deno.writeTextFileSync(path, "#9\nnew\n", { append: true });
          added = true;
          return method(...args);
        };
      },
    });
    equal(shortenHistory(meddled, path, 1, 0), 0);
    equal(Deno.readTextFileSync(path), "#1002\nc\n#9\nnew\n");
    const failing = new Proxy(system, {
      get: (target, name) => name === "write" ? () => -28 : Reflect.get(target, name).bind(target),
    });
    equal(shortenHistory(failing, path, 1, 0), -28);
    equal(Deno.readTextFileSync(path), "#1002\nc\n#9\nnew\n");
    equal([...Deno.readDirSync(directory)].length, 1);
  }));

Deno.test("joinLines: lines of a command become one, where the grammar allows", () => {
  const join = (...lines: string[]) => lines.reduce((before, line) => joinLines(before, line, false));
  equal(join("for x in 1 2", "do", "  echo $x", "done"), "for x in 1 2; do   echo $x; done");
  equal(join("if a &&", "b; then", "c", "fi"), "if a && b; then c; fi");
  equal(join("f()", "{", "a", "}"), "f() { a; }");
  equal(join("echo 'a", "b'", "c"), "echo 'a\nb'; c");
  equal(join("cat <<E", "a b", "E"), "cat <<E\na b\nE");
  equal(join("echo a \\", "b"), "echo a b");
  equal(joinLines("a", "b", true), "a\nb");
});
