# Background jobs, waited for.
# size: 500

i=0
while [ $i -lt $1 ]; do /bin/true & wait $!; i=$((i + 1)); done
echo $i
