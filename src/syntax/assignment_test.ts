import { checkOutlines } from "./testing.ts";

Deno.test("assignments: stand before the command's name", () => {
  checkOutlines({
    "a=b": "[a=b]",
    "a= c": "[a=() c]",
    "a=b c=d e": "[a=b c=d e]",
    "a+=b": "[a+=b]",
    "a=b=c": "[a=b=c]",
    'a="b c"d': '[a="b c"+d]',
    "a=$b": "[a=$b]",
    "a=~:~/b": "[a=~:~/b]",
    "a=b>c": "[a=b >c]",
    "a=$(b) c": "[a=$([b]) c]",
    "a=b'c'\"d\"": "[a=b+'c'+\"d\"]",
    "_a1=b": "[_a1=b]",
    "1a=b": "[1a=b]",
    "a-b=c": "[a-b=c]",
    "a b=c": "[a b=c]",
    "a=b >c d=e f": "[a=b d=e f >c]",
    "=a": "[=a]",
    '"a"=b': '["a"+=b]',
    "a\\=b": "[a+\\=+b]",
    "a'='b": "[a+'='+b]",
    "a+b=c": "[a+b=c]",
    "a=#b": "[a=#b]",
  });
});

Deno.test("assignments: of elements", () => {
  checkOutlines({
    "a[1]=b": "[a[1]=b]",
    "a[1]+=b": "[a[1]+=b]",
    "a[b c]=d": "[a[b c]=d]",
    'a["b"]=c': '[a["b"]=c]',
    "a[$b]=c": "[a[$b]=c]",
    "a[b[c]]=d": "[a[b[c]]=d]",
    "a[$((b+1))]=c": "[a[$((b+1))]=c]",
    "a[]=b": "[a[()]=b]",
    "a[1]": "[a[1]]",
    "a[1]b": "[a[1]b]",
    "a [1]=b": "[a [1]=b]",
    "b a[1]=c": "[b a[1]=c]",
    "b a[c d]=e": "[b a[c d]=e]",
    "a[1]=b[2]=c": "[a[1]=b[2]=c]",
  });
});

Deno.test("assignments: of arrays", () => {
  checkOutlines({
    "a=()": "[a=()]",
    "a=( )": "[a=()]",
    "a=(b c)": "[a=(b c)]",
    'a=("b c" $d `e` *)': '[a=("b c" $d `e` *)]',
    "a=([1]=b [2]=c d)": "[a=([1]=b [2]=c d)]",
    'a=([b c]=d ["e"]=f)': '[a=([b c]=d ["e"]=f)]',
    "a=([1]+=b)": "[a=([1]+=b)]",
    "a+=(b)": "[a+=(b)]",
    "a=(\nb # c\nd\n\n)": "[a=(b d)]",
    "a=(b) c=(d)": "[a=(b) c=(d)]",
    "a=(b) c": "[a=(b) c]",
    "a=(b)": "[a=(b)]",
    "a=(b=c)": "[a=(b=c)]",
    "a=( b  $c )d": "[a=(b +$c+)d]",
    "a=(a[1]=b)": "[a=(a[1]=b)]",
    "a=([1]b)": "[a=([1]b)]",
    "a=([1])": "[a=([1])]",
    "a=([1]=)": "[a=([1]=())]",
    "a=(${b[@]} {c,d})": "[a=(${b[@]} {c,d})]",
    "a=(if then { } ! [[ ]])": "[a=(if then { } ! [[ ]])]",
    "a[1]=(b)": "[a[1]=(b)]",
    "a=(<(b))": "[a=(<([b]))]",
  });
});

Deno.test("assignments: declaration utilities take them as arguments", () => {
  checkOutlines({
    "export a=b c": "[export =a=b c]",
    "declare a=(b c)": "[declare =a=(b c)]",
    "declare -a a=(b) c=d": "[declare -a =a=(b) =c=d]",
    "typeset a+=(b)": "[typeset =a+=(b)]",
    "local a=(b)": "[local =a=(b)]",
    "readonly a[1]=b": "[readonly =a[1]=b]",
    "export a=$b": "[export =a=$b]",
    "declare -A a=([b]=c)": "[declare -A =a=([b]=c)]",
    "command export a=b": "[command export =a=b]",
    "builtin declare a=b": "[builtin declare =a=b]",
    "command -p export a=b": "[command -p export =a=b]",
    "command -v a=b": "[command -v a=b]",
    "\\export a=b": "[\\e+xport a=b]",
    '"export" a=b': '["export" a=b]',
    "a=b export c=d": "[a=b export =c=d]",
    ">f export a=b": "[export =a=b >f]",
    "eval a=(b c)": "[eval a=(b c)]",
    "alias a=(b)": "[alias a=(b)]",
    "let a=(b)": "[let a=(b)]",
    "echo export a=b": "[echo export a=b]",
    "declare a[1]=b": "[declare =a[1]=b]",
    "declare a[b c]": "[declare a[b c]]",
    'export "a=b"': '[export "a=b"]',
    'export a="b c"': '[export =a="b c"]',
  });
});
