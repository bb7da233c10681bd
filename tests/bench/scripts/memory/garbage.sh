# Strings made and dropped.
# size: 100000

i=0
while [ $i -lt $1 ]; do x="a string that is $i long and is dropped"; i=$((i + 1)); done
grep VmRSS /proc/$$/status
