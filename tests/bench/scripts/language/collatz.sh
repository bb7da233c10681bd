# The longest Collatz sequence: arithmetic and branches.
# size: 4500

best=0
n=1
while [ "$n" -le "$1" ]; do
  x=$n
  steps=0
  while [ "$x" -ne 1 ]; do
    if [ $((x % 2)) -eq 0 ]; then x=$((x / 2)); else x=$((3 * x + 1)); fi
    steps=$((steps + 1))
  done
  if [ "$steps" -gt "$best" ]; then best=$steps where=$n; fi
  n=$((n + 1))
done
echo "$where $best"
