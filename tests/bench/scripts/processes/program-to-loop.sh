# A program before a loop: cmd | while read.
# size: 500

i=0
while [ $i -lt $1 ]; do /bin/echo a b | while read -r x y; do :; done; i=$((i + 1)); done
echo $i
