# Commands made of text.
# size: 240000

i=0
while [ $i -lt $1 ]; do
  eval "v_$((i % 100))=$i"
  eval "x=\$v_$((i % 50))"
  i=$((i + 1))
done
echo $x $v_99
