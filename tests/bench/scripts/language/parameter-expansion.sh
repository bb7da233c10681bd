# Prefixes, suffixes, lengths and defaults.
# size: 150000

i=0 n=0
while [ $i -lt $1 ]; do
  path=/usr/local/share/doc/package-$i/file.tar.gz
  name=${path##*/}
  directory=${path%/*}
  base=${name%%.*}
  suffix=${name#*.}
  unset missing
  n=$((n + ${#directory} + ${#base} + ${#suffix}))
  : "${missing:=$base}" "${empty-}" "${name:+yes}"
  i=$((i + 1))
done
echo $n $missing
