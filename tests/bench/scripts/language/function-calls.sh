# Small functions with arguments and a status.
# size: 360000

add() { sum=$((sum + $1)); }
even() { return $(($1 % 2)); }
sum=0
i=0
while [ $i -lt $1 ]; do
  if even $i; then add $i 1 2 3; fi
  i=$((i + 1))
done
echo $sum
