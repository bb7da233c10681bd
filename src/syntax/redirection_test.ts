import { checkOutlines } from "./testing.ts";

Deno.test("redirections: have an operator and a target", () => {
  checkOutlines({
    "<a": "[<a]",
    ">a": "[>a]",
    ">>a": "[>>a]",
    ">|a": "[>|a]",
    "<>a": "[<>a]",
    "<&3": "[<&3]",
    ">&3": "[>&3]",
    "<&-": "[<&-]",
    ">&-": "[>&-]",
    "<&3-": "[<&3-]",
    ">&$a": "[>&$a]",
    "&>a": "[&>a]",
    "&>>a": "[&>>a]",
    "<<<a": "[<<<a]",
    '<<<"a b"': '[<<<"a b"]',
    ">a>b": "[>a >b]",
    "< a > b": "[<a >b]",
    '>"a b"$c': '[>"a b"+$c]',
    ">&a": "[>&a]",
    "<&a": "[<&a]",
    "2>&1 3<&0": "[2>&1 3<&0]",
    "a<b>c": "[a <b >c]",
    "a<b c>d": "[a c <b >d]",
    "&> a b": "[b &>a]",
    "a&>b": "[a &>b]",
    "a &>b c": "[a c &>b]",
    ">a<(b)": "[>a+<([b])]",
    "> <(b)": "[><([b])]",
    "2>&1>a": "[2>&1 >a]",
  });
});

Deno.test("redirections: a number directly before the operator is the descriptor", () => {
  checkOutlines({
    "2>a": "[2>a]",
    "a 2>b": "[a 2>b]",
    "a2>b": "[a2 >b]",
    "a 2 >b": "[a 2 >b]",
    "22<a": "[22<a]",
    "0<a": "[0<a]",
    "a 10>>b 3<>c 4>|d 5<&6 7<<<e": "[a 10>>b 3<>c 4>|d 5<&6 7<<<e]",
    '"2">a': '["2" >a]',
    "\\2>a": "[\\2 >a]",
    '2"">a': '[2+"" >a]',
    "2147483647>a": "[2147483647>a]",
    "2147483648>a": "[2147483648 >a]",
    "a 2&>b": "[a 2 &>b]",
    "a=2>b": "[a=2 >b]",
    "2>a 3>b c": "[c 2>a 3>b]",
  });
});

Deno.test("redirections: a name in braces is a variable that takes the descriptor", () => {
  checkOutlines({
    "{a}>b": "[{a}>b]",
    "{a}<b": "[{a}<b]",
    "{a}>&-": "[{a}>&-]",
    "{a}<&3": "[{a}<&3]",
    "{a[1]}>b": "[{a[1]}>b]",
    "{a[b]}>c": "[{a[b]}>c]",
    "{a}<<<b": "[{a}<<<b]",
    "{a}<<E\nb\nE": "[{a}<<E{b\\n}]",
    "a {b}>c": "[a {b}>c]",
    "{a} >b": "[{a} >b]",
    "{1}>b": "[{1} >b]",
    "{a[]}>b": "[{a[]} >b]",
    "{a}b>c": "[{a}b >c]",
    "{}>b": "[{} >b]",
    '"{a}">b': '["{a}" >b]',
  });
});

Deno.test("redirections: stand behind compound commands", () => {
  checkOutlines({
    "{ a; } >b 2>&1": "(group [a]) >b 2>&1",
    "(a) <b": "(subshell [a]) <b",
    "if a; then b; fi >c": "(if [a] then [b]) >c",
    "while a; do b; done <c": "(while [a] do [b]) <c",
    "for a in b; do c; done >d": "(for a in b do [c]) >d",
    "case a in b) c;; esac >d": "(case a b) [c] ;;) >d",
    "[[ a ]] >b": "([[ (word a) ]]) >b",
    "((a)) >b": "(((a))) >b",
    "select a in b; do c; done >d": "(select a in b do [c]) >d",
    "f() { a; } >b": "(function f (group [a]) >b)",
    "for ((;;)) do a; done >b": "(for ((||)) do [a]) >b",
  });
});
