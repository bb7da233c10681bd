import { checkOutlines } from "./testing.ts";

Deno.test("reserved words: are words where they begin no command", () => {
  checkOutlines({
    "echo if then else fi do done case esac while until for in { } ! [[ ]] function select time coproc":
      "[echo if then else fi do done case esac while until for in { } ! [[ ]] function select time coproc]",
    "a=if b": "[a=if b]",
    "if=1": "[if=1]",
    "then=1 a": "[then=1 a]",
    ">f if": "[if >f]",
    "a; echo then; b": "[a]; [echo then]; [b]",
    "x if; y": "[x if]; [y]",
    '"if" a': '["if" a]',
    "\\if a": "[\\i+f a]",
    'i"f"': '[i+"f"]',
    "$(echo if)": "[$([echo if])]",
    "}a": "[}a]",
    "{a": "[{a]",
    "{}": "[{}]",
    "echo }": "[echo }]",
    "iffy": "[iffy]",
    "if a; then b; fi; fi=1": "(if [a] then [b]); [fi=1]",
  });
});
