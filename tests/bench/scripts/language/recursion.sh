# Fibonacci numbers by recursion.
# size: 360

fib() {
  if [ $1 -lt 2 ]; then r=$1; return; fi
  fib $(($1 - 1))
  set -- $1 $r
  fib $(($1 - 2))
  r=$((r + $2))
}
i=0
while [ $i -lt $1 ]; do
  fib 13
  i=$((i + 1))
done
echo $r
