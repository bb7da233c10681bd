# What most scripts do, at least once: the build runs this to find out what of the shell's code scripts use, and has it compiled
# beforehand (see compile.ts). It changes nothing outside of itself. The last command runs in a process of its own.
name=training
readonly name
usage() {
  cat <<END
usage: $name [-v] [-o output] file ...
END
}

log() { printf '%s: %s\n' "$name" "$*"; }
die() { log "$@" >&2; return 1; }
sum() {
  local total=0 number
  for number in "$@"; do total=$((total + number)); done
  echo "$total"
}
factorial() { if [ "$1" -le 1 ]; then echo 1; else echo $(($1 * $(factorial $(($1 - 1))))); fi; }

while getopts vo: option -v -o out a b; do
  case $option in
    v) verbose=yes ;;
    o) output=$OPTARG ;;
    *) usage ;;
  esac
done
shift $((OPTIND > 1 ? 0 : 0))
[ "${verbose-}" = yes ] && log "output is ${output:-none}"
usage
sum 1 2 3
factorial 4
die "no such file" || :

# Parameters
path=/usr/local/lib/file.tar.gz
echo "${path##*/} ${path%/*} ${path#*/} ${path%%.*} ${#path} ${path:5:5} ${path/local/share} ${path//\//:} ${unset:-default} ${path:+set}"
: "${assigned:=value}" "$#" "$?" "$$" "$*" "$@" "$-" "${1-}"
set -- one 'two three' four
for argument; do echo "$argument"; done
for argument in "$@" "$*" a{1,2}b ~ $path; do :; done
IFS=: read -r first second rest <<END
a:b:c:d
END
IFS=' 	
'
echo "$first $second $rest"

# Arithmetic and conditions
i=0
while [ "$i" -lt 3 ]; do
  i=$((i + 1))
  [ $i = 2 ] && continue
  ((i > 5)) && break
done
until [ $i -eq 0 ]; do : $((i -= 1)); done
for ((i = 0; i < 3; i++)); do :; done
echo $((1 + 2 * 3 % 4 - (5 << 1) & 0xff | 7 ^ 1)) $((i ? i : -i)) $((i++ + --i)) $((!i && 1 || 0))
if [[ $path == *.gz && -n $name || ! -f $path ]]; then :; elif [ -d / ] && test -e /dev/null -a -n x; then :; else :; fi
[[ $path =~ ^/usr/([a-z]+)/ ]] && echo "${BASH_REMATCH[1]}"
[ -z "" ] && [ -n a ] && [ a != b ] && [ ! -x /no/such ] && [ 1 -ne 2 ] || :
case $path in
  *.zip | *.tar) ;;
  /usr/[a-m]*) echo matched ;;
  *) ;;
esac
{ true && false || :; } > /dev/null 2>&1
! false
let 'i = 5'

# Arrays
list=(alpha beta 'gamma delta')
list+=(epsilon)
list[5]=zeta
echo "${list[0]} ${list[@]} ${#list[@]} ${!list[*]} ${list[@]:1:2} ${list[-1]}"
(
declare -A map=([one]=1 [two]=2)
map[three]=3
for key in "${!map[@]}"; do : "${map[$key]}"; done
unset 'list[0]' map
declare -i number=3
declare -r constant=1
export exported=1
local_test() { local a=1 b; b=$a; unset a; return 0; }
local_test
typeset lower
lower=ABC
echo "${lower,,} ${lower^^} ${lower@Q}"
)

# Output, here-documents, here-strings
printf '%s %d %5.2f %x %-5s|\n' text 42 3.14159 255 left
printf -v formatted '%03d' 7
echo -n; echo -e 'a\tb'
cat <<'END' > /dev/null
no $expansion here
END
while IFS= read -r line; do : "$line"; done <<END
first line
second line
END
read -r word <<< "here string"

# Substitutions and subshells
here=$(pwd)
date=$(echo now)
nested=$(echo "$(echo inner | tr a-z A-Z)")
legacy=`echo old`
: "$here $date $nested $legacy"
(cd / && pwd)
(exit 3)
echo "$?"

# Programs, pipelines, redirections
/bin/true
env true
ls / > /dev/null
echo one two | { read -r a b; echo "$b $a"; }
printf '%s\n' c a b | sort | head -n 2
seq 3 | while read -r n; do total=$((${total-0} + n)); done
echo error >&2
exec 3> /dev/null
echo x >&3
exec 3>&-
cat < /dev/null
true 2> /dev/null
nosuchcommand_at_all 2> /dev/null
command -v ls > /dev/null
type cd > /dev/null
[ -t 0 ] || :
cat <(echo process) > /dev/null

# The rest
trap 'echo interrupted' INT
trap - INT
trap 'status=$?; :' EXIT
eval 'evaluated=yes; echo "$evaluated"'
alias ll='ls -l'
unalias ll
cd /
cd - > /dev/null
umask > /dev/null
set -e
set +e
shopt -s nullglob extglob
for file in /dev/nul* /no/such*; do :; done
case abc in +([a-c])) ;; esac
shopt -u nullglob extglob
hash -r
times > /dev/null
ulimit -n > /dev/null
. /dev/null
sleep 0 &
wait $!
{ echo background; } &
wait
jobs
kill -0 $$
test_return() { return 2; }
test_return || :
(trap 'echo subshell' EXIT; list[9]=x; cd /; set -f; echo "$BASH_SUBSHELL"; echo "$(echo deep)"; true | cat) > /dev/null &
wait
exit 0
