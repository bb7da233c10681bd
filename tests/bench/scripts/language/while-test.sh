# A counting loop.
# size: 300000

i=0
while [ $i -lt $1 ]; do i=$((i+1)); done
echo $i
