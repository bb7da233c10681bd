# A function that loops.
# size: 54000

gcd() {
  a=$1 b=$2
  while [ "$b" -ne 0 ]; do
    t=$((a % b)) a=$b b=$t
  done
}
sum=0
i=1
while [ $i -le $1 ]; do
  gcd $((i * 7)) $((i + 360))
  sum=$((sum + a))
  i=$((i + 1))
done
echo $sum
