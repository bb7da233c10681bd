# Strings that grow, are compared and taken apart.
# size: 6000

i=0 s= t=
while [ $i -lt $1 ]; do
  s=$s$((i % 10))
  i=$((i + 1))
done
while [ ${#s} -gt $(($1 / 2)) ]; do
  r=${s#?}
  t=${s%"$r"}$t
  s=$r
done
echo ${#s} ${#t} "${t%"${t#????????????????}"}"
