# A file read line by line.
# size: 300000

n=0 characters=0
while IFS= read -r line; do
  n=$((n + 1)) characters=$((characters + ${#line}))
done <"$BENCH_LINES"
echo $n $characters
