import { checkOutlines } from "./testing.ts";

Deno.test("lists: are separated by ;, & and newlines", () => {
  checkOutlines({
    "a;b": "[a]; [b]",
    "a; b & c": "[a]; [b]& [c]",
    "a &": "[a]&",
    "a;": "[a]",
    "a & b;": "[a]& [b]",
    "a\nb\n\nc": "[a]; [b]; [c]",
    "\n\na": "[a]",
    "a # comment\n# comment\nb": "[a]; [b]",
    "a;# comment": "[a]",
    "a &\nb": "[a]& [b]",
  });
});

Deno.test("lists: && and || have equal precedence and go on behind newlines", () => {
  checkOutlines({
    "a && b || c": "([a] && [b] || [c])",
    "a &&\n\nb": "([a] && [b])",
    "a || # comment\nb": "([a] || [b])",
    "a && b & c || d": "([a] && [b])& ([c] || [d])",
    "a && ! b | c": "([a] && (pipe ! [b] | [c]))",
  });
});

Deno.test("lists: compound commands hold them", () => {
  checkOutlines({
    "{ a; }": "(group [a])",
    "{ a\n}": "(group [a])",
    "{ a & }": "(group [a]&)",
    "{\na\n\nb\n}": "(group [a]; [b])",
    "(a)": "(subshell [a])",
    "(a; b &)": "(subshell [a]; [b]&)",
    "( (a); b)": "(subshell (subshell [a]); [b])",
    "((a) )": "(subshell (subshell [a]))",
    "( { a; } )": "(subshell (group [a]))",
    "{ (a) }": "(group (subshell [a]))",
    "{ { a; }; }": "(group (group [a]))",
    "(a)|(b)": "(pipe (subshell [a]) | (subshell [b]))",
    "(a)&&(b);(c)": "((subshell [a]) && (subshell [b])); (subshell [c])",
    "{ a; } >f 2>&1 <<<x": "(group [a]) >f 2>&1 <<<x",
    "( a ) >f | b": "(pipe (subshell [a]) >f | [b])",
  });
});

Deno.test("lists: line continuations are taken away wherever they stand", () => {
  checkOutlines({
    "a\\\nb": "[ab]",
    "a \\\n b": "[a b]",
    "a &\\\n& b": "([a] && [b])",
    "a |\\\n| b": "([a] || [b])",
    "i\\\nf a; th\\\nen b; f\\\ni": "(if [a] then [b])",
    '"a\\\nb"': '["ab"]',
    "$\\\na": "[$a]",
    "$\\\n{\\\na\\\n:\\\n-\\\nb\\\n}": "[${a|:-|b}]",
    "$(\\\n(1\\\n+1)\\\n)": "[$((1+1))]",
    "a >\\\n> f": "[a >>f]",
    "a 2\\\n>f": "[a 2>f]",
    "a <\\\n<E\nb\\\nc\nE": "[a <<E{bc\\n}]",
    "x\\\ny=1": "[xy=1]",
    "a=\\\n1": "[a=1]",
    "'a\\\nb'": "['a\\\nb']",
    "a # b\\\nc": "[a]; [c]",
  });
});
