# Conditions joined by the and-or operators.
# size: 240000

i=0 n=0 empty= full=x
while [ "$i" -lt "$1" ]; do
  if [ -n "$full" ] && [ -z "$empty" ] && ! [ "$full" = y ]; then n=$((n + 1)); fi
  [ "$i" -ge 100 ] || [ "$i" != 50 ] && n=$((n + 2))
  test "$full" != "$empty" && test "$i" -ne 7 && n=$((n + 4))
  i=$((i + 1))
done
echo $n
