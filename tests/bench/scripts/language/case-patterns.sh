# Pattern matching by case.
# size: 180000

i=0 a=0 b=0 c=0 d=0
classify() {
  case $1 in
    *[02468].txt) a=$((a + 1)) ;;
    file-?.log | file-??.log) b=$((b + 1)) ;;
    [!f]*) c=$((c + 1)) ;;
    *) d=$((d + 1)) ;;
  esac
}
while [ $i -lt $1 ]; do
  classify file-$i.txt
  classify file-$((i % 150)).log
  classify $i
  i=$((i + 1))
done
echo $a $b $c $d
