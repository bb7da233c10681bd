# The conditional and arithmetic commands.
# size: 360000
# needs: bash

n=0 name=report-17.pdf
for ((i = 0; i < $1; i++)); do
  if [[ $name == *.pdf && -n $name && ! $i -eq 7 ]]; then ((n += 1)); fi
  [[ $i < $name || $name > z ]] && ((n += 2))
done
echo $n
