# Insertion sort in an array.
# size: 1600
# needs: bash

seed=42 a=()
for ((i = 0; i < $1; i++)); do
  ((seed = (seed * 1103515245 + 12345) % 2147483648))
  a+=($((seed % 10000)))
done
for ((i = 1; i < $1; i++)); do
  x=${a[i]}
  for ((j = i; j > 0 && a[j - 1] > x; j--)); do a[j]=${a[j - 1]}; done
  a[j]=$x
done
echo "${a[@]}"
