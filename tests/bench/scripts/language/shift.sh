# Positional parameters shifted one by one.
# size: 24000

i=0 sum=0 size=$1
while [ $i -lt $size ]; do
  set -- 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20
  while [ $# -gt 0 ]; do
    sum=$((sum + $1))
    shift
  done
  i=$((i + 1))
done
echo $sum
