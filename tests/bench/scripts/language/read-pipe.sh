# A pipe read line by line.
# size: 300000

cat "$BENCH_LINES" | {
  n=0
  while IFS= read -r line; do n=$((n + ${#line})); done
  echo $n
}
