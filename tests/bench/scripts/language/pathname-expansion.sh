# Pathname expansion in a directory of 500 files.
# size: 3600

cd "$BENCH_DIRECTORY" || exit
i=0 n=0 size=$1
while [ $i -lt $size ]; do
  for f in file-1*.txt; do n=$((n + 1)); done
  set -- *[0-4].log
  n=$((n + $#))
  i=$((i + 1))
done
echo $n
