# Subshells, one after the other.
# size: 2000

i=0
while [ $i -lt $1 ]; do x=$(echo $i; (echo $((i % 10)))); i=$((i + 1)); done
grep VmRSS /proc/$$/status
