import { checkOutlines } from "./testing.ts";

Deno.test("here-documents: are the lines up to their delimiter", () => {
  checkOutlines({
    "a <<E\nb\nE": "[a <<E{b\\n}]",
    "a <<E\nE": "[a <<E{()}]",
    "a <<E\n\nE": "[a <<E{\\n}]",
    "a << E\nb\nc\nE\nd": "[a <<E{b\\nc\\n}]; [d]",
    "a 3<<E\nb\nE": "[a 3<<E{b\\n}]",
    "a <<E b >c\nd\nE": "[a b <<E{d\\n} >c]",
    "<<E\nb\nE": "[<<E{b\\n}]",
    "a <<E\nb\n E\nE \nEE\nE": "[a <<E{b\\n E\\nE \\nEE\\n}]",
    "a <<E; b\nc\nE": "[a <<E{c\\n}]; [b]",
    "a <<E &\nb\nE": "[a <<E{b\\n}]&",
    "a <<E | b\nc\nE\nd": "(pipe [a <<E{c\\n}] | [b]); [d]",
    "a <<E &&\nb\nE\nc": "([a <<E{b\\n}] && [c])",
    "a <<E # b\nc\nE": "[a <<E{c\\n}]",
    "{ a <<E\nb\nE\n}": "(group [a <<E{b\\n}])",
    "(a <<E)\nb\nE": "(subshell [a <<E{b\\n}])",
    "if a <<E; then b; fi\nc\nE": "(if [a <<E{c\\n}] then [b])",
    "a <<E\n# b\nE": "[a <<E{# b\\n}]",
    "a <<''\nb\n\nc": "[a <<''{'b\\n'}]; [c]",
  });
});

Deno.test("here-documents: several on a line have their bodies in order", () => {
  checkOutlines({
    "a <<A <<B\n1\nA\n2\nB": "[a <<A{1\\n} <<B{2\\n}]",
    "a <<A; b <<B\n1\nA\n2\nB\nc": "[a <<A{1\\n}]; [b <<B{2\\n}]; [c]",
    "a <<A | b <<B\n1\nA\n2\nB": "(pipe [a <<A{1\\n}] | [b <<B{2\\n}])",
    "a <<A <<A\n1\nA\n2\nA": "[a <<A{1\\n} <<A{2\\n}]",
  });
});

Deno.test("here-documents: <<- takes leading tabs away", () => {
  checkOutlines({
    "a <<-E\n\tb\n\t\tc\t\n\tE": "[a <<-E{b\\nc\\t\\n}]",
    "a <<-E\nb\nE": "[a <<-E{b\\n}]",
    "a <<-E\n \tb\nE": "[a <<-E{ \\tb\\n}]",
    "a <<-'E'\n\t$b\n\tE": "[a <<-'E'{'$b\\n'}]",
    "a <<-E\n\t$(\n\tb)\n\tE": "[a <<-E{$([b])+\\n}]",
    "a <<-\tE\n\tb\nE": "[a <<-E{b\\n}]",
  });
});

Deno.test("here-documents: expansions are as in double quotes", () => {
  checkOutlines({
    "a <<E\n$b ${c} $(d) `e` $((f))\nE": "[a <<E{$b+ +${c}+ +$([d])+ +`e`+ +$((f))+\\n}]",
    'a <<E\n"b" \'c\' \\$ \\` \\\\ \\" \\a\nE': '[a <<E{\\"b\\" \'c\' +\\\\$+ +\\\\`+ +\\\\\\\\+ \\\\\\" \\\\a\\n}]',
    "a <<E\nb\\\nc\nE": "[a <<E{bc\\n}]",
    "a <<E\nb\\\\\nE": "[a <<E{b+\\\\\\\\+\\n}]",
    "a <<E\n$'b' $\"c\"\nE": "[a <<E{$'b' $\\\"c\\\"\\n}]",
    "a <<E\n${b:-\"c\"} ${b:-'c'}\nE": "[a <<E{${b|:-|\\\"c\\\"}+ +${b|:-|'c'}+\\n}]",
    "a <<E\n${b:-\nc}\nE": "[a <<E{${b|:-|\\nc}+\\n}]",
    "a <<E\n$(b\nc)\nE": "[a <<E{$([b]; [c])+\\n}]",
    "a <<E\n~ * {a,b} <(c)\nE": "[a <<E{~ * {a,b} <(c)\\n}]",
    "a <<E\n$(b <<F\nc\nF\n)\nE": "[a <<E{$([b <<F{c\\\\n}])+\\n}]",
    "a <<E\n$\nE": "[a <<E{$\\n}]",
  });
});

Deno.test("here-documents: dollar quotes are not special in the words of expansions either", () => {
  checkOutlines({ "a <<E\n${b:-$'c'} ${b#$'c'}\nE": "[a <<E{${b|:-|$'c'}+ +${b|#|$'c'}+\\n}]" });
});

Deno.test("here-documents: an expansion that has no end is no error before it is expanded", () => {
  checkOutlines({
    "a <<E\nb $(c\nE\nd": "[a <<E{b +${|bad|$(c\\n}}]; [d]",
    "a <<E\nb ${c\nE\nd": "[a <<E{b +${|bad|${c\\n}}]; [d]",
    "a <<E\n$((b\nE\nd": "[a <<E{${|bad|$((b\\n}}]; [d]",
    "a <<E\n`b\nE\nd": "[a <<E{${|bad|`b\\n}}]; [d]",
  });
});

Deno.test("here-documents: with a quoted delimiter nothing is expanded", () => {
  checkOutlines({
    "a <<'E'\n$b `c` \\d\\\ne\nE": "[a <<'E'{'$b `c` \\\\d\\\\\\ne\\n'}]",
    'a <<"E"\n$b\nE': "[a <<'E'{'$b\\n'}]",
    "a <<\\E\n$b\nE": "[a <<'E'{'$b\\n'}]",
    "a <<E'F'\"G\"\\H\n$b\nEFGH": "[a <<'EFGH'{'$b\\n'}]",
    "a <<'E F'\nb\nE F": "[a <<'E F'{'b\\n'}]",
    "a <<$'E'\n$b\nE": "[a <<'E'{'$b\\n'}]",
    'a <<""\n$b\n': "[a <<''{'$b\\n'}]",
  });
});

Deno.test("here-documents: the delimiter is not expanded", () => {
  checkOutlines({
    "a <<$E\nb\n$E": "[a <<$E{b\\n}]",
    "a <<${E}\nb\n${E}": "[a <<${E}{b\\n}]",
    "a <<$(E)\nb\n$(E)": "[a <<$(E){b\\n}]",
    "a <<`E`\nb\n`E`": "[a <<`E`{b\\n}]",
    'a <<"$E"\n$b\n$E': "[a <<'$E'{'$b\\n'}]",
    "a <<*\nb\n*": "[a <<*{b\\n}]",
  });
});

Deno.test("here-documents: a line continuation may join the lines before the delimiter", () => {
  checkOutlines({
    "a <<E\nb\\\nE\nE": "[a <<E{bE\\n}]",
    "a <<E\nE\\\n\nE": "[a <<E{()}]; [E]",
  });
});

Deno.test("here-documents: in substitutions, their bodies are there", () => {
  checkOutlines({
    "$(a <<E\nb\nE\n)": "[$([a <<E{b\\n}])]",
    '"$(a <<E\nb\nE\n)"': '["$([a <<E{b\\n}])"]',
    "$(a <<E\n)\nE\n)": "[$([a <<E{)\\n}])]",
    "a $(b <<B\n1\nB\n) <<A\n2\nA": "[a $([b <<B{1\\n}]) <<A{2\\n}]",
    "a <<A $(b <<B\n1\nB\n)\n2\nA": "[a $([b <<B{1\\n}]) <<A{2\\n}]",
    "<(a <<E\nb\nE\n)": "[<([a <<E{b\\n}])]",
    "a=(b $(c <<E\nd\nE\n) e)": "[a=(b $([c <<E{d\\n}]) e)]",
  });
});

Deno.test("here-documents: a body ends with the input, or with the substitution", () => {
  checkOutlines({
    "a <<E\nb": "[a <<E{b\\n}]",
    "a <<E": "[a <<E{()}]",
    "$(a <<E\nb\nE)": "[$([a <<E{b\\n}])]",
    "$(a <<E)\nb\nE": "[$([a <<E{b\\n}])]",
  });
});
