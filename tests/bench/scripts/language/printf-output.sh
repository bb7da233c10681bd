# Output by printf.
# size: 180000

i=0
while [ $i -lt $1 ]; do
  printf '%s: %5d %x %c|%-8s\n' "line $i" $i $i abc left
  i=$((i + 1))
done >/dev/null
echo $i
