# A program in a command substitution: $(/bin/echo x).
# size: 500

i=0
while [ $i -lt $1 ]; do x=$(/bin/echo x); i=$((i + 1)); done
echo $x
