# Loops in loops, with break and continue.
# size: 6000

n=0
for a in 1 2 3 4 5 6 7 8 9 10; do
  i=0
  while :; do
    i=$((i + 1))
    [ $i -gt $1 ] && break
    for b in a b c d e f g h; do
      [ $b = d ] && continue
      [ $b = h ] && continue 2
      n=$((n + 1))
    done
  done
done
echo $n
