# A function in a command substitution: $(f).
# size: 3000

f() { echo "hi $1"; }
i=0
while [ $i -lt $1 ]; do x=$(f $i); i=$((i + 1)); done
echo $x
