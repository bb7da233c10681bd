import assert from "node:assert/strict";
import { parseText } from "./testing.ts";
import type { Node } from "./tree.ts";

interface Found extends Node {
  readonly kind: string;
  readonly line?: number;
}

/** Every node below `value`, parents first. */
function* nodesIn(value: unknown, parent: Found | null): Generator<{ node: Found; parent: Found | null }> {
  if (typeof value !== "object" || value === null) return;
  const node = "start" in value && "kind" in value ? value as Found : null;
  if (node !== null) yield { node, parent };
  for (const child of Object.values(value)) yield* nodesIn(child, node ?? parent);
}

function nodesOf(source: string): { node: Found; parent: Found | null }[] {
  return [...nodesIn(parseText(source), null)];
}

/** The texts of the nodes of a kind. */
function textsOf(kind: string, source: string): string[] {
  return nodesOf(source).filter(({ node }) => node.kind === kind).map(({ node }) => source.slice(node.start, node.end));
}

Deno.test("positions: a node's range is that of its text", () => {
  assert.deepEqual(textsOf("simple", "a b; c >d &&  e=f"), ["a b", "c >d", "e=f"]);
  assert.deepEqual(textsOf("word", "a 'b c'  \"d\"e"), ["a", "'b c'", '"d"e']);
  assert.deepEqual(textsOf("literal", 'a"b"\\c$d'), ["a", "b"]);
  assert.deepEqual(textsOf("quoted", "\\a'b c'$'d\\'e'"), ["\\a", "'b c'", "$'d\\'e'"]);
  assert.deepEqual(textsOf("double", 'a"b $c"$"d"'), ['"b $c"', '$"d"']);
  assert.deepEqual(textsOf("parameter", '$a${b:-"$c"}"$1"'), ["$a", '${b:-"$c"}', "$c", "$1"]);
  assert.deepEqual(textsOf("command", '$(a "$(b)")`c`'), ['$(a "$(b)")', "$(b)", "`c`"]);
  assert.deepEqual(textsOf("arithmetic", "$((1+$((2))))$[3]"), ["$((1+$((2))))", "$((2))", "$[3]"]);
  assert.deepEqual(textsOf("process", "a <(b) >(c)"), ["<(b)", ">(c)"]);
  assert.deepEqual(textsOf("assignment", "a=1 b[2]+=(c d) e"), ["a=1", "b[2]+=(c d)"]);
  assert.deepEqual(textsOf("array", "a=( b\nc )"), ["( b\nc )"]);
  assert.deepEqual(textsOf("redirection", "a >b 2>& 1 {c}<d <<E\nf\nE"), [">b", "2>& 1", "{c}<d", "<<E"]);
  assert.deepEqual(textsOf("andor", "a && b || c; d && e"), ["a && b || c", "d && e"]);
  assert.deepEqual(textsOf("pipeline", "! a | b; time c; d | e"), ["! a | b", "time c", "d | e"]);
  assert.deepEqual(textsOf("group", "{ a; } >b; c"), ["{ a; } >b"]);
  assert.deepEqual(textsOf("subshell", "( a ) | (b)"), ["( a )", "(b)"]);
  assert.deepEqual(textsOf("if", "if a; then b; elif c; then d; fi; e"), ["if a; then b; elif c; then d; fi"]);
  assert.deepEqual(textsOf("for", "for a in b; do c; done <d"), ["for a in b; do c; done <d"]);
  assert.deepEqual(textsOf("arithmetic-for", "for ((a;b;c)); do d; done; e"), ["for ((a;b;c)); do d; done"]);
  assert.deepEqual(textsOf("select", "select a; do b; done;"), ["select a; do b; done"]);
  assert.deepEqual(textsOf("while", "while a; do until b; do c; done; done"), [
    "while a; do until b; do c; done; done",
    "until b; do c; done",
  ]);
  assert.deepEqual(textsOf("case", "case a in b) c;; esac >d"), ["case a in b) c;; esac >d"]);
  assert.deepEqual(textsOf("arithmetic-command", "((a)) >b"), ["((a)) >b"]);
  assert.deepEqual(textsOf("conditional", "[[ a ]] && b"), ["[[ a ]]"]);
  assert.deepEqual(textsOf("function", "f() { a; } >b; function g (c)"), ["f() { a; } >b", "function g (c)"]);
  assert.deepEqual(textsOf("coprocess", "coproc a { b; } &"), ["coproc a { b; }"]);
});

Deno.test("positions: line continuations, and what is read twice, do not shift them", () => {
  assert.deepEqual(textsOf("word", "a\\\nb c\\\n\\\nd e"), ["a\\\nb", "c\\\n\\\nd", "e"]);
  assert.deepEqual(textsOf("parameter", "$\\\na ${\\\nb\\\n}"), ["$\\\na", "${\\\nb\\\n}"]);
  assert.deepEqual(textsOf("simple", "((a); b c) | d"), ["a", "b c", "d"]);
  assert.deepEqual(textsOf("simple", "$((a); $((b) )) c"), ["$((a); $((b) )) c", "a", "$((b) )", "b"]);
  assert.deepEqual(textsOf("simple", "a <<E; b\nc $(d)\nE\ne f"), ["a <<E", "d", "b", "e f"]);
});

Deno.test("positions: the ranges of parts lie within that of the whole", () => {
  const source = [
    'a=1 b[2]=("c d" $e) command export f="$(g | h)" 2>&1 >"i$j"',
    "if ! time k; then ((l + 1)); elif [[ m == n* && ( o || ! -f p ) ]]; then coproc q { r; }; else s & fi",
    "for t in {u,v} ~/w; do case $t in x|y) z;& *) ;; esac; done | while read -r a; do `b`; done >>c",
    "f() { select d in ${e#f} ${g/h/i}; do j <(k) \\\n l; done; }; for ((m;n;o)); do p; done",
    "",
  ].join("\n");
  const nodes = nodesOf(source);
  assert.ok(nodes.length > 100);
  for (const { node, parent } of nodes) {
    const text = `${node.kind} ${JSON.stringify(source.slice(node.start, node.end))}`;
    assert.ok(0 <= node.start && node.start <= node.end && node.end <= source.length, text);
    if (parent !== null) assert.ok(parent.start <= node.start && node.end <= parent.end, `${text} in ${parent.kind}`);
  }
});

Deno.test("positions: commands know the lines on which they begin", () => {
  const lines = (source: string) =>
    nodesOf(source).filter(({ node }) => node.kind !== "pipeline" && node.line !== undefined).map(({ node }) =>
      `${node.kind} ${node.line}`
    );
  assert.deepEqual(lines("a\n\nb \\\n c; d\n'e\nf'; g"), ["simple 1", "simple 3", "simple 4", "simple 5", "simple 6"]);
  assert.deepEqual(lines("{\na\n}\n(\nb)"), ["group 1", "simple 2", "subshell 4", "simple 5"]);
  assert.deepEqual(lines("if a\nthen b\nelse c\nfi"), ["if 1", "simple 1", "simple 2", "simple 3"]);
  assert.deepEqual(lines("a <<E; b\nc\nE\nd"), ["simple 1", "simple 1", "simple 4"]);
  assert.deepEqual(lines("a $(b\nc)\nd"), ["simple 1", "command 1", "simple 1", "simple 2", "simple 3"]);
  assert.deepEqual(lines("a <<E\n$(b\nc)\nE"), ["simple 1", "command 2", "simple 2", "simple 3"]);
  assert.deepEqual(lines("\n`\na`"), ["simple 2", "command 2"]);
  assert.deepEqual(lines("f()\n{\na; }"), ["function 1", "group 2", "simple 3"]);
  assert.deepEqual(lines("((a); b)\nc"), ["subshell 1", "subshell 1", "simple 1", "simple 1", "simple 2"]);
  assert.deepEqual(lines("((\na\n)); b"), ["arithmetic-command 1", "simple 3"]);
});

Deno.test("positions: a substitution has its commands as text, with their line continuations", () => {
  const texts = (source: string) =>
    nodesOf(source).flatMap(({ node }) => "text" in node && "line" in node ? [[node.text, node.line]] : []);
  assert.deepEqual(texts("a $( b # c\n) `d \\`e\\``"), [[" b # c\n", 1], ["d `e`", 2]]);
  assert.deepEqual(texts("\na $(b \\\nc)"), [["b \\\nc", 2]]);
  assert.deepEqual(texts("$((a) \\\n; b)"), [["(a) \\\n; b", 1]]);
  assert.deepEqual(texts("$(a <<E\nb\nE\n)"), [["a <<E\nb\nE\n", 1]]);
  assert.deepEqual(texts("<(a $(b))"), [["a $(b)", 1], ["b", 1]]);
});
