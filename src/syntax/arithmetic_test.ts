import { checkOutlines } from "./testing.ts";

Deno.test("arithmetic commands: are told from subshells by their closing parentheses", () => {
  checkOutlines({
    "((a))": "(((a)))",
    "(( a + b ))": "((( a + b )))",
    "((a)) >f": "(((a))) >f",
    "(( (a) + (b) ))": "((( (a) + (b) )))",
    "((a); (b))": "(subshell (subshell [a]); (subshell [b]))",
    "((a) )": "(subshell (subshell [a]))",
    "( (a))": "(subshell (subshell [a]))",
    "((a);b)": "(subshell (subshell [a]); [b])",
    "(( a = (1 + 2) * 3 ))&& b": "(((( a = (1 + 2) * 3 ))) && [b])",
    '(("a" + $b + ${c:-1} + $(d) + $((e))))': '((("a"+ + +$b+ + +${c|:-|1}+ + +$([d])+ + +$((e)))))',
    "((\na\n))": "(((\na\n)))",
    "(((a)))": "((((a))))",
    "(((a) || (b)) && c)": "(subshell ((subshell ((subshell [a]) || (subshell [b]))) && [c]))",
    "(((1 + 2) * 3))": "((((1 + 2) * 3)))",
    "((a <<= 2))": "(((a <<= 2)))",
    "(())": "(((())))",
    "(( ))": "((( )))",
    "((a++, b))": "(((a++, b)))",
  });
});
