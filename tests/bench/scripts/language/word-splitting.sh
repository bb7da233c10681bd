# Field splitting into positional parameters, by blanks and by IFS.
# size: 90000
# needs: split

list="alpha beta gamma delta epsilon zeta eta theta"
record="root:x:0:0:root:/root:/bin/sh"
i=0 n=0 size=$1
while [ $i -lt $size ]; do
  set -- $list
  n=$((n + $#))
  IFS=:
  set -- $record
  IFS=' '
  n=$((n + $#))
  for word in $list; do last=$word; done
  i=$((i + 1))
done
echo $n $last
