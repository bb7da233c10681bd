# Substrings and replacement.
# size: 180000
# needs: bash

text="the quick brown fox jumps over the lazy dog"
i=0 n=0
while ((i < $1)); do
  x=${text:i%40:3}
  y=${text/quick/$x}
  z=${y//o/0}
  ((n += ${#z} + ${#x}))
  ((i++))
done
echo $n "$z"
