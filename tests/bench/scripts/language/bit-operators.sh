# Bit operators and wrap-around at 64 bits.
# size: 450000

h=1469598103934665603
i=0
while [ "$i" -lt "$1" ]; do
  h=$(((h ^ (i & 255)) * 1099511628211))
  h=$((h ^ (h >> 29 & 0x7ffffffff)))
  i=$((i + 1))
done
echo $h
