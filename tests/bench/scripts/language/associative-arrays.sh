# Words counted in an associative array.
# size: 480000
# needs: associative

typeset -A count
words="one two three four five six seven eight nine ten"
i=0
while ((i < $1)); do
  for w in $words; do
    k=$w$((i % 50))
    count[$k]=$((${count[$k]:-0} + 1))
  done
  ((i += 10))
done
echo ${#count[@]} ${count[seven30]}
