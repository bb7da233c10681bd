# A builtin in a command substitution: $(echo hi).
# size: 3000

i=0
while [ $i -lt $1 ]; do x=$(echo hi); i=$((i + 1)); done
echo $x
