# A sieve in an array.
# size: 270000
# needs: bash

n=$1
for ((i = 2; i <= n; i++)); do sieve[i]=1; done
for ((i = 2; i * i <= n; i++)); do
  if ((sieve[i])); then
    for ((j = i * i; j <= n; j += i)); do sieve[j]=0; done
  fi
done
count=0
for x in "${sieve[@]}"; do ((count += x)); done
echo $count ${#sieve[@]}
