# 10 MB through a pipeline of 200 stages.
# size: 10000000

pipeline="head -c $1 /dev/zero"
i=0
while [ $i -lt 199 ]; do pipeline="$pipeline | /bin/cat"; i=$((i + 1)); done
eval "$pipeline | wc -c"
