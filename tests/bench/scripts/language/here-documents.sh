# A here-document in a loop.
# size: 135000

i=0 n=0
while [ $i -lt $1 ]; do
  read -r first second <<EOF
$i word-$i
EOF
  n=$((n + first + ${#second}))
  i=$((i + 1))
done
echo $n
