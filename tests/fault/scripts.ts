/** What the shell under test does while a call fails. Each script is the body of a run that goes on behind it. */
export const SCRIPTS: Readonly<Record<string, string>> = {
  "a pipeline of programs": `printf 'b\\na\\n' | sort | tr a-z A-Z`,
  "a pipeline of compound commands": `{ echo a; echo b; } | while read x; do echo "<$x>"; done | (cat; echo c)`,
  "a program": `/bin/echo program; /bin/echo another`,
  "output and append": `echo one >file; echo two >>file; cat file`,
  "input": `echo text >file; read x <file; echo "$x"; cat <file`,
  "copied and closed descriptors": `{ echo out; echo err >&2; } >file 2>&1 3>&1 4<&-; cat file`,
  "redirections of a group": `{ echo a; cat; } <file.in >file.out 2>&1; cat file.out`,
  "noclobber": `set -C; echo a >new.$$; echo b >|new.$$; cat new.$$`,
  "a here-document": `cat <<END
text $((1+1))
END`,
  "a large here-document": `big=$(printf '%70000s' x); cat <<END | wc -c
$big
END`,
  "a here-string": `cat <<<word; read x <<<"a b"; echo "$x"`,
  "a substitution of builtins": `x=$(echo a; echo b); echo "$x"`,
  "a substitution of programs": `x=$(/bin/echo a; /bin/echo b | cat); echo "$x" "$(<file.in)"`,
  "nested substitutions": `echo "$(echo $(/bin/echo deep))"`,
  "subshells": `(cd /; pwd); (umask 033; umask); (exit 3); echo $?`,
  "a subshell that needs a process": `(trap 'echo bye' EXIT; echo in); (exec /bin/echo replaced)`,
  "an asynchronous list": `{ echo background; } & wait; /bin/echo program & wait`,
  "lines of a pipe": `printf '1\\n2\\n3\\n' | { read a; read b; cat; echo "$a $b"; }`,
  "lines of a file": `while read x; do echo "[$x]"; done <file.in`,
  "another script": `. ./script.in; echo "$?"`,
  "pathnames": `echo *.in; test -f file.in && echo exists; (cd /; pwd); cd .; pwd | grep -c .`,
  "process substitution": `cat <(echo a; /bin/echo b); echo c > >(cat); wait`,
  "functions with redirections": `f() { echo f; cat; } <file.in; f; f | cat`,
  "streams between stages": `{ echo a; echo b >&5; } |1>0,5>4 { cat; cat <&4; } 3>file; wc -l <file`,
  "several stages joined by streams": `{ echo a >&5; } |5> { tr a b <&4; } |& cat | (cat; echo c) |1>4 { cat <&4; }`,
  "a pipeline in a process substitution": `cat <(echo a | tr a b | cat); wait`,
  "redirections that add up": `set -o multios; echo a >one >two; /bin/echo b >one >>two | cat; cat <one <two`,
  "connections that add up": `set -o multios; echo a |1>0,1>4 { cat; cat <&4; } >file; wc -l <file`,
  "missing streams":
    `set -o streams; [[ -o streams ]] && { echo lost >&5; /bin/echo lost >&3; cat <&4; }; set +o streams`,
  "a drawing": `streams >/dev/null; streams 'a |5> b 3>log | c' >/dev/null`,
  "a co-process":
    `coproc cat && { echo a >&\${COPROC[1]} && read x <&\${COPROC[0]}; exec {COPROC[1]}>&-; echo "$x"; }; wait`,
  "a co-process for data": `coproc -x { cat <&4 >&5; } && {
  # Once it has ended and nothing is left to read, the array is gone.
  exec 6<&\${COPROC[4]}; echo a >&\${COPROC[5]}; exec {COPROC[5]}>&-; cat <&6; exec 6<&-
}
wait`,
  "tee and meter": `/bin/echo a | tee file | meter; cat file`,
  "much output": `i=0; while [ $i -lt 2000 ]; do echo 0123456789; i=$((i+1)); done | tail -n 1`,
};

/** Files that the scripts find. */
export const FILES: Readonly<Record<string, string>> = {
  "file.in": "first\nsecond\n",
  "script.in": "echo sourced\nfalse\n",
};
